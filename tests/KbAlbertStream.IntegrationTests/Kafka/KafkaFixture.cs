using KbAlbertStream.Demo.Kafka;
using KbAlbertStream.IntegrationTests.Kafka;

[assembly: AssemblyFixture(typeof(KafkaFixture))]

namespace KbAlbertStream.IntegrationTests.Kafka;

/// <summary>
/// Picks the broker of a test run, starts it once when the first test asks, and ends it with the last: the one that
/// <c>KBAS_TEST_KAFKA</c> names, a distribution in <c>KAFKA_HOME</c>, a container, else the embedded mock cluster.
/// </summary>
public sealed class KafkaFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private TestBroker? _broker;

    /// <summary>The broker of this run.</summary>
    internal async Task<TestBroker> GetAsync(CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            _broker ??= await StartAsync(cancellationToken);
            TestContext.Current.TestOutputHelper?.WriteLine($"broker: {_broker.Description}");
            return _broker;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The broker of this run if it is a real one; else the test is skipped, or fails where CI=true.</summary>
    internal async Task<TestBroker> GetRealAsync(CancellationToken cancellationToken = default)
    {
        var broker = await GetAsync(cancellationToken);
        if (!broker.IsReal)
        {
            const string Reason = "needs a real broker: set KBAS_TEST_KAFKA or KAFKA_HOME, or have Docker at hand";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"{Reason} (a skip is a failure in CI)");
            Assert.Skip(Reason);
        }

        return broker;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        _one.Dispose();
    }

    private static async Task<TestBroker> StartAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("KBAS_TEST_KAFKA") is { Length: > 0 } servers)
        {
            return new ConfiguredBroker(servers);
        }

        if (Environment.GetEnvironmentVariable("KAFKA_HOME") is { Length: > 0 } home)
        {
            return await DistributionBroker.StartAsync(home, cancellationToken);
        }

        return ContainerBroker.CanStart
            ? await ContainerBroker.StartAsync(cancellationToken)
            : new EmbeddedBroker(LocalKafka.Start());
    }
}
