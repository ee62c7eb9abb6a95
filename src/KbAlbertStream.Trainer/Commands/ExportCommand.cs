using System.CommandLine;
using System.Globalization;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Native;
using KbAlbertStream.Trainer.Promotion;
using KbAlbertStream.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Commands;

/// <summary><c>export</c>: a trained checkpoint becomes the model bundle that workers load.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var vocabulary = CommonOptions.Vocabulary();
        var checkpoint = new Option<string>("--checkpoint") { Description = "The checkpoint of train.", Required = true };
        var output = CommonOptions.Output("The model's folder, for example models/demo; a folder for the version is made in it.");
        var version = new Option<string?>("--version-name") { Description = "Default: the date and .1." };
        var note = new Option<string>("--note")
        {
            Description = "A sentence on the training for the model card.",
            DefaultValueFactory = _ => "",
        };
        var threads = CommonOptions.Threads();
        var command = new Command("export", "Calibrate, measure and write a model bundle, and make it the current one.")
        {
            data, vocabulary, checkpoint, output, version, note, threads,
        };
        command.SetAction(arguments =>
        {
            TorchLoader.EnsureLoaded();
            torch.set_num_threads(arguments.GetValue(threads));
            var folder = arguments.GetRequiredValue(data);
            var tokens = Vocabulary.Load(arguments.GetRequiredValue(vocabulary));
            var labels = LabelSet.Load(folder);
            using var model = new RiskModel(
                new WeightSet(ScalarType.Float32, seed: 0), ModelDefaults.Shape(tokens.Tokens.Length), labels.Heads);
            if (Checkpoint.LoadWeights(arguments.GetRequiredValue(checkpoint), model.Weights) is { Count: > 0 } missing)
            {
                throw new InvalidDataException($"the checkpoint lacks {string.Join(", ", missing)}");
            }

            var name = arguments.GetValue(version) ?? TimeProvider.System.GetUtcNow()
                .ToString("yyyyMMdd'.1'", CultureInfo.InvariantCulture);
            var encoder = new EncoderOptions { Provider = ExecutionProvider.Cpu, Threads = arguments.GetValue(threads) };
            var exporter = new BundleExporter(folder, labels, tokens, model, encoder);
            var models = arguments.GetRequiredValue(output);
            var metrics = exporter.Export(models, name, arguments.GetRequiredValue(note), Console.Error.WriteLine);
            BundleLocator.MakeCurrent(models, name);
            Console.WriteLine(metrics.ToJson());
            return 0;
        });
        return command;
    }
}
