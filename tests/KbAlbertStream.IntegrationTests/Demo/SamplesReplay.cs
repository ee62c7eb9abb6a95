using KbAlbertStream.Demo.Samples;

namespace KbAlbertStream.IntegrationTests.Demo;

/// <summary>One run of the demo on samples/, looked at by several tests.</summary>
public sealed class SamplesReplay : IAsyncLifetime
{
    internal DemoOutcome Outcome { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Outcome = await DemoOutcome.OfAsync(SampleFolder.Shipped.Stream);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
