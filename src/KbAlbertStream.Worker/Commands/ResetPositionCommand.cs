using System.CommandLine;
using Confluent.Kafka;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Commands;

/// <summary>
/// <c>reset-position</c>: moves a partition's position, which is also how a refused partition is accepted. Safe while
/// workers run: they notice within a few seconds, and a batch read before writes its rows and moves nothing.
/// </summary>
internal static class ResetPositionCommand
{
    private static readonly Option<string> Topic = new("--topic")
    {
        Description = "The topic",
        HelpName = "T",
        Required = true,
    };

    private static readonly Option<int> Partition = new("--partition")
    {
        Description = "The partition",
        HelpName = "P",
        Required = true,
    };

    private static readonly Option<string> To = new("--to")
    {
        Description = "earliest, latest, an offset, or a time (ISO 8601; Korean time unless it says otherwise)",
        HelpName = "WHERE",
        Required = true,
    };

    public static Command Build()
    {
        var command = new Command("reset-position", "Move the position of a partition, or accept a refused one")
        {
            Topic, Partition, To, Confirmation.Yes,
        };
        command.SetAction((parsed, cancellationToken) =>
            ServerFaults.ReportAsync(parsed, () => ExecuteAsync(parsed, cancellationToken)));
        return command;
    }

    private static async Task<ExitCode> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var partition = new TopicPartition(parsed.GetRequiredValue(Topic), parsed.GetValue(Partition));
        await using var servers = new PositionServers(PositionSettings.Read(parsed));
        var (plan, wrong) = await PlanAsync(servers, partition, parsed.GetRequiredValue(To), cancellationToken)
            .ConfigureAwait(false);
        var output = parsed.InvocationConfiguration.Output;
        if (plan is null)
        {
            return await FailAsync(parsed, wrong!, ExitCode.WrongConfiguration).ConfigureAwait(false);
        }

        foreach (var line in plan.Lines())
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
        }

        if (!await Confirmation.IsGivenAsync(parsed, "Move the position?", cancellationToken).ConfigureAwait(false))
        {
            return ExitCode.NotConfirmed;
        }

        var to = new NewPosition(
            servers.Topics.KindOf(partition.Topic), partition.Topic, partition.Partition.Value, plan.To, plan.Log.End,
            plan.Log.TopicId);
        if (!await servers.Registry.TryResetAsync(plan.Stored, to, plan.Log.Start, cancellationToken).ConfigureAwait(false))
        {
            return await FailAsync(
                parsed, "Nothing was changed: somebody else moved the position meanwhile; look again.", ExitCode.Incomplete)
                .ConfigureAwait(false);
        }

        await output.WriteLineAsync("Moved. A running worker takes it up within a few seconds.").ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static async Task<(ResetPlan? Plan, string? Wrong)> PlanAsync(
        PositionServers servers, TopicPartition partition, string where, CancellationToken cancellationToken)
    {
        if (!ResetTarget.TryParse(where, out var target))
        {
            return (null, $"--to {where}: not earliest, latest, an offset or a time");
        }

        if (!servers.Topics.All.Contains(partition.Topic))
        {
            return (null, $"--topic {partition.Topic} is not read here; these are: {string.Join(", ", servers.Topics.All.Order())}");
        }

        var there = servers.Partitions().Where(known => known.Topic == partition.Topic).ToList();
        if (!there.Contains(partition))
        {
            return (null, there.Count == 0
                ? $"Topic {partition.Topic} does not exist."
                : $"--partition {partition.Partition.Value}: topic {partition.Topic} has 0 to {there.Count - 1}");
        }

        var logs = await servers.LogsAsync([partition], cancellationToken).ConfigureAwait(false);
        if (!logs.TryGetValue(partition, out var log))
        {
            throw new TimeoutException(
                $"The brokers do not say where {partition.Topic} [{partition.Partition.Value}] begins and ends.");
        }

        var to = await OffsetOfAsync(servers, partition, target, log).ConfigureAwait(false);
        return to < log.Start || to > log.End
            ? (null, $"--to {where}: the log goes from {log.Start} to {log.End}")
            : (new ResetPlan(partition, await StoredAsync(servers, partition, cancellationToken).ConfigureAwait(false), log, to), null);
    }

    private static async Task<StoredPosition?> StoredAsync(
        PositionServers servers, TopicPartition partition, CancellationToken cancellationToken) =>
        (await servers.Stored.ReadAsync([partition.Topic], cancellationToken).ConfigureAwait(false))
        .FirstOrDefault(position => position.Partition == partition.Partition.Value);

    private static async Task<long> OffsetOfAsync(
        PositionServers servers, TopicPartition partition, ResetTarget target, PartitionLog log)
    {
        if (target.Time is { } time)
        {
            // Negative: no record is that late.
            return await servers.OffsetAtAsync(partition, time).ConfigureAwait(false) is { } found and >= 0
                ? found
                : log.End;
        }

        return target.Offset ?? (target.IsEarliest ? log.Start : log.End);
    }

    private static async Task<ExitCode> FailAsync(ParseResult parsed, string why, ExitCode code)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync(why).ConfigureAwait(false);
        return code;
    }
}
