using System.Globalization;
using KbAlbertStream.IntegrationTests.Faults.Injected;
using KbAlbertStream.IntegrationTests.Faults.Reporting;
using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults;

/// <summary>Every fault under load, on servers of its own. <c>tests/faults.sh</c> runs the long form.</summary>
[Collection(FaultCollection.Name)]
public sealed class FaultTests
{
    /// <summary>One fault, many times: <c>KBAS_FAULT</c>, <c>KBAS_FAULT_TIMES</c>, <c>KBAS_FAULT_SEED</c>, <c>KBAS_FAULT_TABLE</c>.</summary>
    [Fact(Explicit = true)]
    public async Task The_long_form()
    {
        var fault = FaultList.Named(Variable("KBAS_FAULT", "worker-killed"));
        var times = int.Parse(Variable("KBAS_FAULT_TIMES", "20"), CultureInfo.InvariantCulture);
        var seed = int.Parse(Variable("KBAS_FAULT_SEED", "20261126"), CultureInfo.InvariantCulture);
        var line = await RunAsync(fault, times, seed);
        if (Environment.GetEnvironmentVariable("KBAS_FAULT_TABLE") is { Length: > 0 } file)
        {
            await File.AppendAllTextAsync(file, line + "\n", CancellationToken.None);
        }

        Assert.True(line.IsGood, $"{line}\n{line.Failure}");
    }

    private static async Task<FaultLine> RunAsync(IFault fault, int times, int seed)
    {
        Say($"{fault.Name}: seed {seed}");
        await using var world = await FaultWorld.StartAsync(
            fault.World with { Seed = seed, KeepLogs = Environment.GetEnvironmentVariable("KBAS_FAULT_LOGS") == "true" },
            TestContext.Current.CancellationToken);
        Say($"logs of ended workers: {world.LogFolder}");
        var run = new FaultRun(world, new Random(seed), Say, TestContext.Current.CancellationToken);
        var course = await run.InjectAsync(fault, times);
        return course.With(await run.CheckAsync());
    }

    private static string Variable(string name, string otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : otherwise;

    private static void Say(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }
}
