using System.Globalization;
using KbAlbertStream.IntegrationTests.Faults.Injected;
using KbAlbertStream.IntegrationTests.Faults.Reporting;
using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults;

/// <summary>
/// Every fault under load, on servers of its own. The short form injects each once, several in one world; the long form
/// (<c>tests/faults.sh</c>) one fault many times.
/// </summary>
[Collection(FaultsAlone.Name)]
public sealed class FaultTests
{
    private const int ShortSeed = 1;

    /// <summary>In the long form PostgreSQL is stopped for two minutes; here for a few seconds.</summary>
    private static readonly TimeSpan ShortStop = TimeSpan.FromSeconds(4);

    [Fact]
    public Task Faults_of_workers_lose_and_double_nothing() =>
        OnceEachAsync(new KilledWorker(), new FrozenWorker(), new RebalanceStorm(), new JumpedClock());

    [Fact]
    public Task Faults_of_the_only_broker_and_the_network_to_it_lose_and_double_nothing() =>
        OnceEachAsync(new KilledBroker(), new StalledBroker(), new DownReceiver());

    [Fact]
    public Task A_leader_that_is_killed_loses_and_doubles_nothing() => OnceEachAsync(new KilledLeader());

    [Fact]
    public Task Faults_of_the_database_lose_and_double_nothing() => OnceEachAsync(
        new KilledDatabase(), new StoppedDatabase(ShortStop), new ReadOnlyDatabase(), new CutCopy(), new FullDisk());

    [Fact]
    public Task A_topic_that_is_made_again_loses_and_doubles_nothing() => OnceEachAsync(new RecreatedTopic());

    /// <summary>One fault, many times: <c>KBAS_FAULT</c>, <c>KBAS_FAULT_TIMES</c>, <c>KBAS_FAULT_SEED</c>, <c>KBAS_FAULT_TABLE</c>.</summary>
    [Fact(Explicit = true)]
    public async Task The_long_form()
    {
        var fault = FaultList.Named(Variable("KBAS_FAULT", "worker-killed"));
        var times = int.Parse(Variable("KBAS_FAULT_TIMES", "20"), CultureInfo.InvariantCulture);
        var seed = int.Parse(Variable("KBAS_FAULT_SEED", "20261126"), CultureInfo.InvariantCulture);
        var line = (await FaultSession.RunAsync([fault], times, seed))[0];
        if (Environment.GetEnvironmentVariable("KBAS_FAULT_TABLE") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, $"{FaultLine.Header}\n{line}\n", CancellationToken.None);
        }

        Assert.True(line.IsGood, $"{line}\n{line.Failure}");
    }

    private static async Task OnceEachAsync(params IReadOnlyList<IFault> faults)
    {
        var lines = await FaultSession.RunAsync(faults, times: 1, ShortSeed);
        Assert.True(lines.All(line => line.IsGood), $"{FaultLine.Header}\n{string.Join('\n', lines)}");
    }

    private static string Variable(string name, string otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : otherwise;
}
