using System.Globalization;
using KbAlbertStream.Benchmarks.Gpu;
using KbAlbertStream.Benchmarks.Pipeline;
using KbAlbertStream.Benchmarks.Scoring;
using KbAlbertStream.Benchmarks.Spikes;
using KbAlbertStream.Benchmarks.Storage;
using KbAlbertStream.Benchmarks.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Tests.Support;

switch (args)
{
    // The tables of docs/performance.md.
    case ["scoring"] or ["scoring", "demo"]:
        ScoringBenchmark.Run(BenchmarkShapes.Demo, texts: 64, rounds: 5, Console.Out);
        return 0;
    case ["scoring", "base"]:
        ScoringBenchmark.Run(BenchmarkShapes.Base, texts: 16, rounds: 2, Console.Out);
        return 0;
    case ["peers", "demo" or "base", "write", var folder]:
        PeerFolder.Write(folder, args[1] == "demo" ? BenchmarkShapes.Demo : BenchmarkShapes.Base, args[1] == "demo" ? 64 : 8);
        return 0;
    case ["peers", "demo" or "base", "run", var threads]:
        PeerBenchmark.Run(
            args[1] == "demo" ? BenchmarkShapes.Demo : BenchmarkShapes.Base,
            args[1] == "demo" ? 64 : 8,
            int.Parse(threads, CultureInfo.InvariantCulture),
            rounds: args[1] == "demo" ? 3 : 1,
            Console.Out);
        return 0;
    case ["tokenizer", var vocabulary, var texts]:
        TokenizerBenchmark.Run(vocabulary, texts, idsPath: null, Console.Out);
        return 0;
    case ["tokenizer", var vocabulary, var texts, var ids]:
        TokenizerBenchmark.Run(vocabulary, texts, ids, Console.Out);
        return 0;
    case ["formula-bundle", var modelFolder]:
        // A bundle whose weights come from a formula, to run the pipeline before anything is trained.
        Console.WriteLine(BundleWriter.Write(modelFolder, FormulaBundle.Draft(Path.GetFileName(modelFolder))));
        BundleLocator.MakeCurrent(modelFolder, "formula");
        return 0;
    case ["spikes"]:
        // The table of docs/detector.md.
        return SpikeSimulation.Run(institutions: 40);
    case ["spikes", "memory"]:
        return DetectorMemory.Run(texts: 200_000);
    case ["spikes", "memory", var texts]:
        return DetectorMemory.Run(int.Parse(texts, CultureInfo.InvariantCulture));
    case ["spikes", var institutions]:
        return SpikeSimulation.Run(int.Parse(institutions, CultureInfo.InvariantCulture));
    case ["write"]:
        return await WriteSpeed.RunAsync(connectionString: null);
    case ["write", var connectionString]:
        return await WriteSpeed.RunAsync(connectionString);
    case ["pipeline", .. var rest]:
        return await PipelineVerbs.RunAsync(rest);
    case ["gpu", .. var rest]:
        return GpuVerbs.Run(rest);
    default:
        Console.Error.WriteLine("""
            usage: scoring [demo|base]            no-padding graph against padded batches
                   peers demo|base run THREADS    padded batches against no padding; tests/peers.sh adds transformers.js
                   tokenizer VOCABULARY TEXTS [IDS]  our tokenizers against Microsoft.ML.Tokenizers (files may end with .gz);
                                                  tests/tokenizers.sh adds Hugging Face's from npm
                   formula-bundle MODEL-FOLDER    write a bundle with weights by formula
                   spikes [INSTITUTIONS A ROW]    the spike detector on simulated news
                   spikes memory [TEXTS]          bytes a remembered text, time a text of a busy institution
                   gpu ...                        CUDA beside the CPU; tests/gpu.sh packs it for a machine with a GPU
                   write [CONNECTION-STRING]      rows a second into PostgreSQL, a private server without one
            """);
        return 2;
}
