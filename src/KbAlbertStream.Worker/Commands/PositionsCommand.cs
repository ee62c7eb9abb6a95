using System.CommandLine;
using System.Text.Json;
using Confluent.Kafka;

namespace KbAlbertStream.Worker.Commands;

/// <summary><c>positions</c>: how far every partition is worked off, beside what the log holds, and what was never read.</summary>
internal static class PositionsCommand
{
    private static readonly JsonSerializerOptions Format =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON instead of tables" };

    public static Command Build()
    {
        var command = new Command("positions", "Show the stored positions beside the logs, and the gaps") { Json };
        command.SetAction((parsed, cancellationToken) =>
            ServerFaults.ReportAsync(parsed, () => ExecuteAsync(parsed, cancellationToken)));
        return command;
    }

    private static async Task<ExitCode> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var servers = new PositionServers(PositionSettings.Read(parsed));
        var positions = await ReadAsync(servers, cancellationToken).ConfigureAwait(false);
        var gaps = await servers.Gaps.ReadAsync(servers.Topics.All, cancellationToken).ConfigureAwait(false);
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(Json))
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(new { Positions = positions, Gaps = gaps }, Format))
                .ConfigureAwait(false);
            return ExitCode.Done;
        }

        foreach (var line in PositionTable.Lines(positions, gaps))
        {
            await output.WriteLineAsync(line).ConfigureAwait(false);
        }

        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<PositionLine>> ReadAsync(
        PositionServers servers, CancellationToken cancellationToken)
    {
        var stored = (await servers.Stored.ReadAsync(servers.Topics.All, cancellationToken).ConfigureAwait(false))
            .ToDictionary(position => new TopicPartition(position.Topic, position.Partition));
        var there = servers.Partitions();
        var logs = await servers.LogsAsync(there, cancellationToken).ConfigureAwait(false);
        var all = there.Union(stored.Keys)
            .OrderBy(partition => partition.Topic, StringComparer.Ordinal).ThenBy(partition => partition.Partition.Value)
            .ToList();
        var committed = await servers.CommittedAsync(there).ConfigureAwait(false);
        return
        [
            .. all.Select(partition => PositionLine.Of(
                partition.Topic,
                partition.Partition.Value,
                stored.GetValueOrDefault(partition),
                logs.TryGetValue(partition, out var log) ? log : null,
                committed.TryGetValue(partition, out var offset) ? offset : null)),
        ];
    }
}
