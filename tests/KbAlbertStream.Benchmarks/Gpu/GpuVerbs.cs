using KbAlbertStream.Benchmarks.Pipeline;
using KbAlbertStream.Benchmarks.Scoring;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Benchmarks.Gpu;

/// <summary>The verbs behind <c>gpu</c>, which tests/gpu/run.sh calls. Each prints Markdown; on the CPU they only try themselves out.</summary>
internal static class GpuVerbs
{
    private const string Usage = """
        usage: gpu speed   [--shape demo|base] [--tokens N] [--rounds N]  agreement, messages/s, share of the peak, memory
               gpu shapes  [--shape demo|base] [--passes N]               passes of ever new shapes: time and memory
               gpu bundle  --bundle FOLDER [--messages N]                 a bundle in float32 and float16, from texts to logits
               gpu kernels [--shape demo|base]                            one pass of each kind of text and way, by name
               gpu peer    --folder FOLDER [--shape demo|base] [--tokens N]  write the model and the texts for huggingface.py
               all take --provider cuda|cpu (cuda); they end with 1 when a logit is too far off
        """;

    public static int Run(string[] arguments)
    {
        var options = new VerbOptions(arguments.Skip(1));
        var provider = options.Text("--provider", "cuda") == "cpu" ? ExecutionProvider.Cpu : ExecutionProvider.Cuda;
        var shape = options.Text("--shape", "base") == "demo" ? BenchmarkShapes.Demo : BenchmarkShapes.Base;
        var texts = GpuTexts.All(options.Number("--tokens", 1 << 18));
        switch (arguments is [] ? "" : arguments[0])
        {
            case "speed":
                return new GpuSpeed(provider, options.Number("--rounds", 3), texts).Run(shape, Console.Out) ? 0 : 1;
            case "shapes":
                new GpuShapes(provider, options.Number("--passes", 1000)).Run(shape, Console.Out);
                return 0;
            case "bundle":
                return new GpuBundle(provider, options.Number("--messages", 20_000))
                    .Run(options.Text("--bundle", "models/demo"), Console.Out) ? 0 : 1;
            case "kernels":
                ShowKernels(shape, provider);
                return 0;
            case "peer":
                var compared = texts.Select(kind => kind with { Ids = [.. kind.Ids.Take(GpuSpeed.TextsCompared)] }).ToArray();
                GpuPeerFolder.Write(
                    options.Text("--folder", "peer"), shape, texts, GpuSpeed.Reference(shape, compared));
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    // ONNX Runtime itself says which kernel a node takes, when its environment asks for that.
    private static void ShowKernels(EncoderShape shape, ExecutionProvider provider)
    {
        foreach (var way in GpuWay.All)
        {
            using var session = way.Open(shape, provider);
            foreach (var kind in GpuTexts.All(1024))
            {
                Console.WriteLine($"{way.Name}, {kind.Name}:");
                Console.Out.Flush();
                session.Run(GpuTexts.Pack(kind.Ids, session.ShapeOf));
            }
        }
    }
}
