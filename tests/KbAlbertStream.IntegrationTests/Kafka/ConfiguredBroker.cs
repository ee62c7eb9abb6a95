namespace KbAlbertStream.IntegrationTests.Kafka;

/// <summary>The broker that <c>KBAS_TEST_KAFKA</c> names.</summary>
internal sealed record ConfiguredBroker(string Servers) : TestBroker(Servers, $"KBAS_TEST_KAFKA={Servers}", true)
{
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
