using System.Globalization;
using KbAlbertStream.IntegrationTests.Faults.Load;
using KbAlbertStream.IntegrationTests.Faults.Worlds;
using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>
/// A topic is deleted and made again: its partitions are refused, until an operator accepts the new log with
/// <c>reset-position</c>. What was read before stays, what is in the new log is read; what nobody had read is gone.
/// </summary>
internal sealed class RecreatedTopic : IFault
{
    private readonly Dictionary<int, Dictionary<(string Topic, int Partition), long>> _readInLife = [];

    public string Name => "topic-recreated";

    public bool LeavesTheLog => false;

    public bool IsGone(LedgerEntry entry) =>
        entry.Topic == WorldTopics.News
        && _readInLife.TryGetValue(entry.Life, out var read)
        && entry.Offset >= read.GetValueOrDefault((entry.Topic, entry.Partition));

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        // A moment under load: what is in flight when the topic goes is unread by definition. The load itself waits,
        // because a record that is not acknowledged yet would be sent again, into the topic's next life.
        await world.Load.StopAsync();
        var life = world.Topics.Life;
        await world.Topics.MakeNewsAgainAsync(world.Brokers);
        world.Load.Start();
        await Patiently.UntilAsync(
            async () => await RefusedAsync(world) == WorldTopics.NewsPartitions ? "" : "refusals", world.Options.Patience);
        _readInLife[life] = (await world.PositionsAsync()).Where(position => position.Key.Topic == WorldTopics.News).ToDictionary();

        // The other topic goes on meanwhile.
        await world.PassesAsync(
            world.Load.Ledger.Ends().Where(end => end.Key.Topic == WorldTopics.Complaints).ToDictionary());
        for (var partition = 0; partition < WorldTopics.NewsPartitions; partition++)
        {
            await using var reset = await WorkerProcess.RunAsync(
                world.Settings(world.Database.WorkerConnectionString),
                [
                    "reset-position", "--topic", WorldTopics.News, "--partition",
                    partition.ToString(CultureInfo.InvariantCulture), "--to", "earliest", "--yes",
                ]);
            Assert.True(reset.ExitCode == 0, $"reset-position ended with {reset.ExitCode}: {reset.Output} {reset.Errors}");
        }
    }

    private static Task<long> RefusedAsync(FaultWorld world) => world.Database.Query.ScalarAsync<long>(
        $"SELECT count(*) FROM partition_progress WHERE refused IS NOT NULL AND topic = '{WorldTopics.News}'");
}
