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

    /// <summary>Injects a fault and waits for recovery, as often as the course says.</summary>
    public async Task InjectAsync(IFault fault, FaultCourse course)
    {
        for (var time = 1; time <= course.Times; time++)
        {
            var restarts = world.Fleet.Restarts;
            await Moments.SomeRecordsAsync(world, random, RecordsBetween);                     // 1
            await fault.InjectAsync(world, random, cancellationToken);                          // 2
            var since = Stopwatch.StartNew();
            var published = world.Load.Ledger.Ends();
            await world.PassesAsync(published);                                                 // 3
            course.Recoveries.Add(since.Elapsed.TotalSeconds);
            course.Restarts += world.Fleet.Restarts - restarts;
            await CountAsync(published);
            say($"{fault.Name} {time}/{course.Times}: recovered in {course.Recoveries[^1]:0.0} s, {world.Load.Ledger.Count} published");
        }
    }

    /// <summary>Lets everything come to its end, and compares it with the ledger and with a run without faults.</summary>
    public async Task<Verdict> CheckAsync(params IReadOnlyList<IFault> faults)
    {
        await world.Load.StopAsync();                                                           // 4
        await world.PassesAsync(world.Load.Ledger.Ends());
        await world.OwesNothingAsync();
        await world.Fleet.ScaleAsync(0);
        say($"{world.Load.Ledger.Count} published, {world.Receiver.Keys().Count} posts taken; comparing");
        var reference = faults.All(fault => fault.LeavesTheLog) ? await ReferenceRun.FillAsync(world, cancellationToken) : null;
        var log = LogSnapshot.Read(world.Brokers.BootstrapServers);
        var checker = new Checker(world, log, reference, entry => faults.Any(fault => fault.IsGone(entry)));
        var verdict = await checker.CheckAsync(world.Database.Query);
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
