using KbAlbertStream.IntegrationTests.Faults.Checking;
using KbAlbertStream.IntegrationTests.Faults.Injected;
using KbAlbertStream.IntegrationTests.Faults.Reporting;
using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults;

/// <summary>One world, the faults that come over it, and the lines of the table that are said of it.</summary>
internal static class FaultSession
{
    /// <summary>
    /// Injects every fault so many times and checks once. The figures of a line with several faults are those of the
    /// whole world; times, restarts and recovery are the fault's own. What goes wrong ends up in the lines.
    /// </summary>
    public static async Task<IReadOnlyList<FaultLine>> RunAsync(IReadOnlyList<IFault> faults, int times, int seed)
    {
        Say($"{string.Join(", ", faults.Select(fault => fault.Name))}: {times} times, seed {seed}");
        var options = faults[0].World with
        {
            Seed = seed,
            LogFolder = Environment.GetEnvironmentVariable("KBAS_FAULT_LOGS") is { Length: > 0 } folder
                ? Path.Combine(folder, faults[0].Name) : null,
        };
        await using var world = await FaultWorld.StartAsync(options, TestContext.Current.CancellationToken);
        var run = new FaultRun(world, new Random(seed), Say, TestContext.Current.CancellationToken);
        var courses = new List<FaultCourse>();
        var (verdict, failure) = ((Verdict?)null, (string?)null);
        try
        {
            foreach (var fault in faults)
            {
                courses.Add(new FaultCourse(fault.Name, times));
                await run.InjectAsync(fault, courses[^1]);
            }
        }
#pragma warning disable CA1031 // Whatever went wrong stands in the table, and what is left can still be checked.
        catch (Exception fault)
        {
            failure = $"{fault.Message}\n{fault}";
            Say(failure);
        }

        try
        {
            verdict = await run.CheckAsync(faults);
        }
        catch (Exception fault)
#pragma warning restore CA1031
        {
            failure = $"{failure ?? fault.Message}\n{fault}";
            Say(failure);
        }

        var lines = courses.Select(course => course.With(verdict, failure)).ToList();
        Say($"{FaultLine.Header}\n{string.Join('\n', lines)}");
        return lines;
    }

    private static void Say(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }
}
