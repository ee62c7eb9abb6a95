using System.Diagnostics;
using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>
/// No test: the service as <c>run</c> composes it, in a process of its own, with scores that end that process - kill -9 -
/// on a text that says so. <see cref="WorkerProcess.StartCrashing"/> starts it.
/// </summary>
public sealed class CrashingWorker
{
    /// <summary>A text with this ends the process that scores it.</summary>
    public const string Poison = "독사과";

    [Fact(Explicit = true)]
    public async Task Run_until_the_end()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        await using var app = WorkerHost.Build(
            configuration,
            WorkerSettings.Read(configuration),
            new LoadedModel(Score, "formula/1", "1", () => default, null),
            InstitutionDictionary.Load(InstitutionDictionary.ShippedPath));
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.WaitForShutdownAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Done, WorkerHost.CodeOf(app));
    }

    private static IReadOnlyList<RiskScores> Score(IReadOnlyList<PreparedText> texts)
    {
        if (texts.Any(text => text.ModelInput.Contains(Poison, StringComparison.Ordinal)))
        {
            using var self = Process.GetCurrentProcess();
            self.Kill();
            self.WaitForExit();
        }

        return FormulaScores.Score(texts);
    }
}
