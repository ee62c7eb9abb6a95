using KbAlbertStream.Core.Entities;
using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.Hosting;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>The service as <c>run</c> composes it, with <see cref="StubScores"/>, until it is told to stop.</summary>
internal static class StubWorker
{
    public static async Task<int> RunAsync()
    {
        var configuration = ConfigurationSources.Build(null, []);
        var settings = WorkerSettings.Read(configuration);
        await using var app = WorkerHost.Build(
            configuration,
            settings,
            new LoadedModel(StubScores.Score, "stub/1", "1", () => default, null),
            InstitutionDictionary.Load(settings.Institutions.Dictionary!));
        await app.StartAsync();
        await app.WaitForShutdownAsync();
        return (int)WorkerHost.CodeOf(app);
    }
}
