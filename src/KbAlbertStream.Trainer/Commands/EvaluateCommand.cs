using System.CommandLine;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Evaluation;

namespace KbAlbertStream.Trainer.Commands;

/// <summary><c>evaluate</c>: measures a bundle as it is, with the worker's scorer.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var bundle = CommonOptions.Bundle();
        var threads = CommonOptions.Threads();
        var command = new Command("evaluate", "Print the figures of a bundle as JSON.") { data, bundle, threads };
        command.SetAction(arguments =>
        {
            var folder = arguments.GetRequiredValue(data);
            var encoder = new EncoderOptions { Provider = ExecutionProvider.Cpu, Threads = arguments.GetValue(threads) };
            using var scorer = TextScorer.Load(arguments.GetRequiredValue(bundle), encoder);
            var texts = new EvaluationTexts(folder, LabelSet.Load(folder));
            var metrics = BundleEvaluation.Of(scorer.Manifest.Heads, texts, BundleLogits.Of(scorer, texts));
            Console.WriteLine(metrics.ToJson());
            return 0;
        });
        return command;
    }
}
