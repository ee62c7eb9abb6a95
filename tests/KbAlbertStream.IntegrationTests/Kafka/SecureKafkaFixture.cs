using KbAlbertStream.IntegrationTests.Kafka;

[assembly: AssemblyFixture(typeof(SecureKafkaFixture))]

namespace KbAlbertStream.IntegrationTests.Kafka;

/// <summary>One secure broker for all tests that need one, started when the first asks.</summary>
public sealed class SecureKafkaFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private SecureBroker? _broker;

    /// <summary>The broker; without a distribution that can start one the test is skipped, and fails where CI=true.</summary>
    internal async Task<SecureBroker> GetAsync()
    {
        var home = Environment.GetEnvironmentVariable("KAFKA_HOME");
        if (home is null || !SecureBroker.CanStart(home))
        {
            const string Reason = "needs a KAFKA_HOME with bin/start-broker, for a broker with TLS, SCRAM and ACLs";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"{Reason} (a skip is a failure in CI)");
            Assert.Skip(Reason);
        }

        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _broker ??= await SecureBroker.StartAsync(home);
        }
        finally
        {
            _one.Release();
        }
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
}
