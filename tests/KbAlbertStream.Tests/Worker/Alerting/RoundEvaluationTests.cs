using CsCheck;
using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Worker.Alerting;

public sealed class RoundEvaluationTests
{
    /// <summary>Two news and two complaint partitions over three weeks, out of order by up to hours, with bursts.</summary>
    private static readonly Gen<List<List<LogReplay.Record>>> Logs = Gen.UInt.Select(seed =>
    {
        var random = new Random((int)seed);
        return Enumerable.Range(0, 4).Select(log => LogReplay.LogOf(log, RecordsOf(random)).ToList()).ToList();
    });

    [Fact]
    public void The_same_logs_give_the_same_alerts_however_they_are_read()
    {
        var found = 0;
        Gen.Select(Logs, Gen.UInt, Gen.UInt).Sample(
            (logs, one, other) =>
            {
                var a = Replay(logs, new Random((int)one), mostRecords: 5);
                var b = Replay(logs, new Random((int)other), mostRecords: 400);
                Interlocked.Add(ref found, a.Count);
                return a.SequenceEqual(b);
            },
            iter: 60);
        Assert.True(found > 100, $"only {found} transitions in all: the comparison says little");
    }

    [Fact]
    public void One_batch_a_partition_gives_the_same_as_record_by_record()
    {
        Gen.Select(Logs, Gen.UInt).Sample(
            (logs, seed) =>
            {
                var single = Replay(logs, new Random((int)seed), mostRecords: 1);
                var whole = Replay(logs, new Random((int)seed), mostRecords: int.MaxValue);
                return single.SequenceEqual(whole);
            },
            iter: 10);
    }

    [Fact]
    public void A_bound_on_the_looks_of_a_round_changes_nothing()
    {
        Gen.Select(Logs, Gen.UInt, Gen.Int[1, 50]).Sample(
            (logs, seed, most) => Replay(logs, new Random((int)seed), 400)
                .SequenceEqual(Replay(logs, new Random((int)seed), 400, most)),
            iter: 20);
    }

    [Fact]
    public void Looks_wait_for_a_partition_that_is_behind()
    {
        var at = SpikeStream.Start;
        var replay = new LogReplay(
        [
            LogReplay.LogOf(0, [(at, "a", "1"), (at.AddDays(9), "a", "2")]),
            LogReplay.LogOf(1, [(at.AddMinutes(30), null, ""), (at.AddDays(10), "a", "3")]),
        ]);
        replay.ReadBatch(0, 2);
        Assert.Null(replay.Detector.EvaluatedUntil);

        replay.ReadBatch(1, 1);
        Assert.True(replay.Detector.EvaluatedUntil < at.AddHours(1));

        replay.ReadBatch(1, 1);
        Assert.True(replay.Detector.EvaluatedUntil > at.AddDays(8));
    }

    private static List<string> Replay(
        List<List<LogReplay.Record>> logs, Random random, int mostRecords, int mostLooks = int.MaxValue)
    {
        var replay = new LogReplay(logs);
        while (!replay.IsDone)
        {
            var unread = replay.Unread.ToArray();
            var records = mostRecords == int.MaxValue ? mostRecords : random.Next(1, mostRecords + 1);
            replay.ReadBatch(unread[random.Next(unread.Length)], records, mostLooks);
        }

        return AlertLines.Of(replay.Changes);
    }

    private static IEnumerable<(DateTimeOffset At, string? Entity, string Story)> RecordsOf(Random random)
    {
        var burst = SpikeStream.Start.AddHours(random.Next(100, 400));
        var ordinary = Enumerable.Range(0, 150).Select(_ => SpikeStream.Start.AddMinutes(random.Next(21 * 24 * 60)));
        var spike = Enumerable.Range(0, 12).Select(_ => burst.AddMinutes(random.Next(600)));
        return ordinary.Select(at => (at, random.Next(3) == 0 ? $"e{random.Next(3)}" : null, $"s{random.Next(60)}"))
            .Concat(spike.Select(at => (at, (string?)"e0", $"s{random.Next(60)}")))

            // Mostly in order of event time, some late: by minutes, and a few by more than a day.
            .OrderBy(r => r.at.AddMinutes(random.Next(10) == 0 ? random.Next(3000) : random.Next(30)));
    }
}
