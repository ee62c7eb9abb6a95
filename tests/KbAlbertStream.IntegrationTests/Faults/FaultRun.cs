using System.Diagnostics;
using KbAlbertStream.IntegrationTests.Faults.Checking;
using KbAlbertStream.IntegrationTests.Faults.Injected;
using KbAlbertStream.IntegrationTests.Faults.Reporting;
using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults;

/// <summary>
/// Breaks one world again and again at random moments, each time after it has recovered, and checks it at the end.
/// </summary>
/// <remarks>
/// 1. Let some records pass. 2. Break and mend. 3. Wait until all that was published by then is stored, and count it.
/// 4. After the last time: stop the load, let the workers finish, let a worker without faults read the same log, compare.
/// </remarks>
internal sealed class FaultRun(FaultWorld world, Random random, Action<string> say, CancellationToken cancellationToken)
{
    private const int RecordsBetween = 120;

    private readonly List<double> _recoveries = [];

    /// <summary>Injects a fault so many times and waits for recovery each time.</summary>
    public async Task<FaultCourse> InjectAsync(IFault fault, int times)
    {
        var (restarts, first) = (world.Fleet.Restarts, _recoveries.Count);
        for (var time = 1; time <= times; time++)
        {
            await Moments.SomeRecordsAsync(world, random, RecordsBetween);                     // 1
            await fault.InjectAsync(world, random, cancellationToken);                          // 2
            var since = Stopwatch.StartNew();
            var published = world.Load.Ledger.Ends();
            await world.PassesAsync(published);                                                 // 3
            _recoveries.Add(since.Elapsed.TotalSeconds);
            await CountAsync(published);
            say($"{fault.Name} {time}/{times}: recovered in {_recoveries[^1]:0.0} s, {world.Load.Ledger.Count} published");
        }

        return new FaultCourse(fault.Name, times, world.Fleet.Restarts - restarts, _recoveries[first..]);
    }

    /// <summary>Lets everything come to its end and compares it with a run without faults.</summary>
    public async Task<Verdict> CheckAsync(bool withReference = true, Func<Load.LedgerEntry, bool>? isGone = null)
    {
        await world.Load.StopAsync();                                                           // 4
        await world.PassesAsync(world.Load.Ledger.Ends());
        await world.OwesNothingAsync();
        await world.Fleet.ScaleAsync(0);
        say($"{world.Load.Ledger.Count} published, {world.Receiver.Keys().Count} posts taken; comparing");
        var reference = withReference ? await ReferenceRun.FillAsync(world, cancellationToken) : null;
        var verdict = await new Checker(world, reference, isGone ?? (_ => false)).CheckAsync(world.Database.Query);
        foreach (var finding in verdict.Findings)
        {
            say(finding.ToString());
        }

        return verdict;
    }

    // Cheap, so that a loss is seen beside the fault that caused it.
    private async Task CountAsync(Dictionary<(string Topic, int Partition), long> published)
    {
        var stored = (await RowCheck.ReadAsync(world.Database.Query)).Select(record => record.Key).ToHashSet();
        var missing = world.Load.Ledger.Entries().Count(entry =>
            entry.Life == world.Topics.Life
            && entry.Offset < published.GetValueOrDefault((entry.Topic, entry.Partition))
            && !stored.Contains(entry.Key));
        if (missing > 0)
        {
            say($"{missing} records are missing behind the stored positions");
        }
    }
}
