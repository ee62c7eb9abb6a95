using System.CommandLine;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Native;
using KbAlbertStream.Trainer.Training;
using TorchSharp;

namespace KbAlbertStream.Trainer.Commands;

/// <summary><c>pretrain</c>: an encoder from nothing, resumable.</summary>
internal static class PretrainCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var vocabulary = CommonOptions.Vocabulary();
        var output = CommonOptions.Output("The checkpoint to write; when it exists, training goes on from it.");
        var seed = CommonOptions.Seed();
        var threads = CommonOptions.Threads();
        var minutes = new Option<double?>("--minutes") { Description = "Train for this long." };
        var steps = new Option<long?>("--steps") { Description = "Train for so many steps (repeatable to the bit)." };
        var precision = CommonOptions.Precision();
        var command = new Command("pretrain", "Teach an encoder Korean: hidden words, and the tone of film reviews.")
        {
            data, vocabulary, output, seed, threads, minutes, steps, precision,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(minutes) is null == result.GetValue(steps) is null)
            {
                result.AddError("give either --minutes or --steps");
            }
        });
        command.SetAction((arguments, stop) =>
        {
            TorchLoader.EnsureLoaded();
            torch.set_num_threads(arguments.GetValue(threads));
            var tokens = Vocabulary.Load(arguments.GetRequiredValue(vocabulary));
            var shape = ModelDefaults.Shape(tokens.Tokens.Length);
            var texts = PretrainingTexts.Load(
                arguments.GetRequiredValue(data), new TextEncoder(tokens), ModelDefaults.MaxLength);
            Console.WriteLine($"{texts.ReviewLengths.Length} reviews of {texts.ReviewLengths.Sum()} tokens, "
                + $"{texts.ProseLengths.Length} other texts of {texts.ProseLengths.Sum()} tokens");
            var options = new PretrainingOptions
            {
                Budget = new Budget(arguments.GetValue(steps), arguments.GetValue(minutes)),
                Seed = arguments.GetValue(seed),
            };
            using var model = new PretrainingModel(
                new WeightSet(arguments.GetValue(precision), options.Seed), shape, ModelDefaults.Sentiment);
            var pretrainer = new Pretrainer(options, texts, model, new WordMasker(tokens), TimeProvider.System);
            ProgressDisplay.Run("pre-training", TimeProvider.System, show => pretrainer.Run(
                arguments.GetRequiredValue(output),
                report => show(
                    report.Progress,
                    $"step {report.Step} words {report.WordLoss:F3} tones {report.ToneLoss:F3} {report.TokensPerSecond:F0} tokens/s"),
                stop));
            return Task.FromResult(0);
        });
        return command;
    }
}
