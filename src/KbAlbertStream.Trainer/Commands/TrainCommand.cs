using System.CommandLine;
using System.Globalization;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Native;
using KbAlbertStream.Trainer.Teaching;
using KbAlbertStream.Trainer.Training;
using TorchSharp;

namespace KbAlbertStream.Trainer.Commands;

/// <summary><c>train</c>: fine-tunes the three heads on a pre-trained encoder, resumable after each epoch.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var vocabulary = CommonOptions.Vocabulary();
        var pretrained = new Option<string?>("--pretrained") { Description = "The checkpoint of pretrain; without it from nothing." };
        var output = CommonOptions.Output("The checkpoint to write; when it exists, training goes on from it.");
        var epochs = new Option<int>("--epochs") { Description = "Times to see the labelled texts.", DefaultValueFactory = _ => 8 };
        var isTaught = new Option<bool>("--teacher")
        {
            Description = "Also learn what linear classifiers over character n-grams say of texts made of pieces of others.",
        };
        var rate = new Option<double>("--learning-rate")
        {
            Description = "The highest learning rate of the encoder; the heads learn three times as fast.",
            DefaultValueFactory = _ => new FineTuningOptions().LearningRate,
        };
        rate.Validators.Add(result =>
        {
            // What is no number is said by the parser.
            if (result.Tokens is [var token]
                && double.TryParse(token.Value, NumberStyles.Float, CultureInfo.CurrentCulture, out var given) && given is not (> 0 and < 1))
            {
                result.AddError("--learning-rate lies between 0 and 1.");
            }
        });
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var precision = CommonOptions.Precision();
        var command = new Command("train", "Fine-tune sentiment, reputation and compliance together.")
        {
            data, vocabulary, pretrained, output, epochs, rate, isTaught, seed, threads, precision,
        };
        command.SetAction((arguments, stop) =>
        {
            TorchLoader.EnsureLoaded();
            torch.set_num_threads(arguments.GetValue(threads));
            var folder = arguments.GetRequiredValue(data);
            var options = new FineTuningOptions
            {
                Epochs = arguments.GetValue(epochs),
                LearningRate = arguments.GetValue(rate),
                Seed = arguments.GetValue(seed),
            };
            var tokens = Vocabulary.Load(arguments.GetRequiredValue(vocabulary));
            var labels = LabelSet.Load(folder);
            using var model = new RiskModel(
                new WeightSet(arguments.GetValue(precision), options.Seed), ModelDefaults.Shape(tokens.Tokens.Length), labels.Heads);
            if (arguments.GetValue(pretrained) is { } start)
            {
                Checkpoint.LoadWeights(start, model.Weights);
            }

            var encoder = new TextEncoder(tokens);
            var validation = new Validation(folder, labels, encoder);
            var labelled = new FineTuningTexts(folder, labels, new FineTuningMix(), options.Seed);
            if ((arguments.GetValue(isTaught) ? Taught(labelled, labels, options.Seed, stop) : labelled.Epoch) is not { } texts)
            {
                return Task.FromResult(0); // Stopped, as it may be later; nothing is lost.
            }

            var tuner = new FineTuner(options, texts, encoder, model);
            ProgressDisplay.Run("fine-tuning", TimeProvider.System, show => tuner.Run(
                arguments.GetRequiredValue(output),
                report => show(
                    (report.Epoch + ((report.Batch + 1.0) / report.Batches)) / options.Epochs,
                    $"epoch {report.Epoch + 1} loss {report.Loss:F3}"),
                epoch => ProgressDisplay.Say($"epoch {epoch + 1}: {validation.Describe(model)}"),
                stop));
            return Task.FromResult(0);
        });
        return command;
    }

    private static Func<int, IReadOnlyList<LabelledText>>? Taught(
        FineTuningTexts labelled, LabelSet labels, long seed, CancellationToken stop)
    {
        ProgressDisplay.Say("fitting the teacher, which takes two minutes");
        try
        {
            return new TaughtEpochs(labelled, labels, seed, stop).Epoch;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
