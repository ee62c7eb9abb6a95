using System.Globalization;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>The verbs behind <c>pipeline</c>. Each starts its servers, prints its tables as Markdown and leaves nothing behind.</summary>
internal static class PipelineVerbs
{
    private const string Usage = """
        usage: pipeline model   [--messages N]                          end to end beside the model alone
               pipeline latency [--idle N] [--seconds S] [--percent P]  publish to row, deciding message to webhook
               pipeline backlog [--messages N] [--scores model|stub]    catch-up
               pipeline memory  [--gigabytes N] [--seconds S] [--scores model|stub]
               pipeline soak    [--minutes N] [--rate N]                memory every minute
               pipeline rest    [--messages N] [--rounds N] [--python-batches N,N,...]  each peer at its best size
               pipeline prepare [--messages N]                          what happens before scoring, step by step
        """;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var verb = arguments is [] ? "" : arguments[0];
        if (verb == "worker")
        {
            return await StubWorker.RunAsync();
        }

        var options = new VerbOptions(arguments.Skip(1));
        if (verb == "prepare")
        {
            PrepareBenchmark.Run(options.Number("--messages", 20_000), Console.Out);
            return 0;
        }

        await using var servers = await PipelineServers.StartAsync();
        switch (verb)
        {
            case "model":
                await new ModelBenchmark(servers, options.Number("--messages", 10_000)).RunAsync();
                return 0;
            case "latency":
                await new LatencyBenchmark(servers, options.Number("--idle", 300), options.Number("--seconds", 60))
                    .RunAsync(options.Number("--percent", 80) / 100.0);
                return 0;
            case "backlog":
                await new BacklogBenchmark(servers, options.Number("--messages", 200_000), options.IsStub).RunAsync();
                return 0;
            case "memory":
                await new MemoryBenchmark(
                    servers, options.Number("--gigabytes", 10), options.Number("--seconds", 60), options.IsStub).RunAsync();
                return 0;
            case "soak":
                await new SoakBenchmark(servers, options.Number("--minutes", 60), options.Number("--rate", 100)).RunAsync();
                return 0;
            case "rest":
                await new RestBenchmark(servers, options.Number("--messages", 100_000), options.Number("--rounds", 3))
                    .RunAsync(options.Numbers("--python-batches", "250,500,1000,2000"));
                return 0;
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }
}
