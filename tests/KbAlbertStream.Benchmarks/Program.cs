using KbAlbertStream.Benchmarks;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Tests.Support;

switch (args)
{
    case ["scoring", .. var rest] when rest is [] or ["demo"] or ["base"]:
        ScoringBenchmark.Run(rest is ["base"] ? BenchmarkShapes.Base : BenchmarkShapes.Demo, Console.Out);
        return 0;
    case ["tokenizer", var vocabulary, var texts]:
        TokenizerBenchmark.Run(vocabulary, texts, Console.Out);
        return 0;
    case ["formula-bundle", var modelFolder]:
        // A bundle whose weights come from a formula, to run the pipeline before anything is trained.
        Console.WriteLine(BundleWriter.Write(modelFolder, FormulaBundle.Draft(Path.GetFileName(modelFolder))));
        BundleLocator.MakeCurrent(modelFolder, "formula");
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: scoring [demo|base]            no-padding graph against padded batches
                   tokenizer VOCABULARY TEXTS     our tokenizer against Microsoft.ML.Tokenizers (files may end with .gz)
                   formula-bundle MODEL-FOLDER    write a bundle with weights by formula
            """);
        return 2;
}
