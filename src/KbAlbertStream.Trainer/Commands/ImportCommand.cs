using System.CommandLine;
using System.Globalization;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Native;
using KbAlbertStream.Trainer.Promotion;

namespace KbAlbertStream.Trainer.Commands;

/// <summary><c>import</c>: a fine-tuned Hugging Face folder becomes a model bundle that workers load.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var from = new Option<string[]>("--from") { Description = "The Hugging Face folder.", HelpName = "HF_DIR", Required = true };
        var to = new Option<string>("--to")
        {
            Description = "The model's folder, for example models/kb; a folder for the version is made in it.",
            HelpName = "BUNDLE_DIR",
            Required = true,
        };
        var version = new Option<string?>("--version-name") { Description = "Default: the date and .1." };
        var labels = new Option<string[]>("--labels")
        {
            Description = "Names for the labels in the order of id2label: negative, neutral, positive.",
            AllowMultipleArgumentsPerToken = true,
        };
        var maxLength = new Option<int?>("--max-length") { Description = "The longest window in tokens. Default: the model's, at most 512." };
        var tokenizer = CommonOptions.Tokenizer();
        var command = new Command("import", "Turn a fine-tuned Hugging Face folder into a bundle, and make it the current one.")
        {
            from, to, version, labels, maxLength, tokenizer,
        };
        command.SetAction(arguments =>
        {
            if (arguments.GetRequiredValue(from) is not [var folder])
            {
                return Fail("Folders cannot be merged: each was fine-tuned with its own copy of the encoder, and the head of one cannot "
                    + "read the hidden states of another. Fine-tune the heads together with train, or import one folder.");
            }

            try
            {
                TorchLoader.EnsureLoaded();
                var model = new ImportedModel(folder)
                {
                    Labels = [.. (arguments.GetValue(labels) ?? []).SelectMany(names => names.Split(',')).Select(label => label.Trim())],
                    MaxLength = arguments.GetValue(maxLength),
                    Tokenizer = arguments.GetValue(tokenizer),
                };
                var models = arguments.GetRequiredValue(to);
                var name = arguments.GetValue(version) ?? TimeProvider.System.GetUtcNow()
                    .ToString("yyyyMMdd'.1'", CultureInfo.InvariantCulture);
                var bundle = model.Write(models, name, Console.Error.WriteLine);
                BundleLocator.MakeCurrent(models, name);
                Console.WriteLine(bundle);
                return 0;
            }
            catch (Exception e) when (
                e is CheckpointException or TokenizerException or BundleException or InvalidDataException or IOException)
            {
                return Fail(e.Message);
            }
        });
        return command;
    }

    private static int Fail(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
