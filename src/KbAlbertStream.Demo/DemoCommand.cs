using System.CommandLine;
using KbAlbertStream.Demo.Replay;
using KbAlbertStream.Demo.Running;
using KbAlbertStream.Demo.Samples;
using KbAlbertStream.Demo.View;
using Spectre.Console;

namespace KbAlbertStream.Demo;

/// <summary>The demo itself: starts everything, replays a stream, shows and sums up what came of it.</summary>
internal static class DemoCommand
{
    /// <summary>Ctrl-C before the end, as shells count it.</summary>
    private const int Interrupted = 130;

    public static RootCommand Build()
    {
        var exit = new Option<bool>("--exit") { Description = "end after the replay (otherwise Ctrl-C ends)" };
        var stream = new Option<string?>("--stream") { Description = "replay this stream instead of that of samples/", HelpName = "FILE" };
        var summary = new Option<string?>("--summary") { Description = "write the figures as JSON", HelpName = "FILE" };
        var keep = new Option<bool>("--keep") { Description = "leave the private database running" };
        var log = new Option<string?>("--log") { Description = "the worker's log (default: a temporary file)", HelpName = "FILE" };
        var config = new Option<string?>("--config") { Description = "a JSON file with configuration of the worker", HelpName = "FILE" };
        var set = new Option<string[]>("--set")
        {
            Description = "one setting of the worker, may be repeated; with Kafka:BootstrapServers or "
                + "Database:ConnectionString these servers are used instead of private ones",
            HelpName = "KEY=VALUE",
            DefaultValueFactory = _ => [],
        };
        var root = new RootCommand("Kafka, PostgreSQL and the worker in one process, with a stream of invented news and complaints.")
        {
            exit, stream, summary, keep, log, config, set, ReplayCommand.Build(), SamplesCommand.Build(),
        };
        root.SetAction((parsed, cancellationToken) => RunAsync(
            new DemoOptions
            {
                Exit = parsed.GetValue(exit),
                Stream = parsed.GetValue(stream),
                Summary = parsed.GetValue(summary),
                Keep = parsed.GetValue(keep),
                Log = parsed.GetValue(log),
                Config = parsed.GetValue(config),
                Settings = parsed.GetValue(set)!,
            },
            cancellationToken));
        return root;
    }

    private static async Task<int> RunAsync(DemoOptions options, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Console;
        IProgressView view = Console.IsOutputRedirected || !console.Profile.Capabilities.Ansi
            ? new PlainView(Console.Out, TimeProvider.System)
            : new LiveView(console);
        var records = StreamFile.Read(options.Stream ?? SampleFolder.Shipped.Stream);
        try
        {
            await using var session = await DemoSession.StartAsync(options, view.Say, cancellationToken);
            view.Say($"Replaying {records.Count} records.");
            var (summary, figures) = await view.WhileAsync(show => session.ReplayAsync(records, show, cancellationToken));
            if (options.Summary is not null)
            {
                await File.WriteAllTextAsync(options.Summary, summary.ToJson(), cancellationToken);
            }

            var examples = await figures.ExamplesAsync(cancellationToken);
            SummaryText.Write(console, Console.Out, summary, examples, session.Database.PsqlCommand);
            if (options.Keep && session.Database.StopCommand is { } stop)
            {
                view.Say($"The database stays. To stop it: {stop}");
            }

            if (!options.Exit)
            {
                view.Say("The worker goes on reading. Ctrl-C ends.");
                await WaitForEndAsync(cancellationToken);
            }

            return summary.Lost == 0 ? 0 : 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            view.Say("Ended before the replay did.");
            return Interrupted;
        }
    }

    private static async Task WaitForEndAsync(CancellationToken cancellationToken) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
