using System.CommandLine;
using System.Text;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Trainer.Tokenization;

namespace KbAlbertStream.Trainer.Commands;

/// <summary><c>tokenize</c>: prints the tokens or ids of texts, to look at or to compare with Transformers.</summary>
internal static class TokenizeCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model")
        {
            Description = "A Hugging Face folder (vocab.txt or tokenizer.json), or a model bundle.",
            Required = true,
        };
        var ids = new Option<bool>("--ids") { Description = "Print ids instead of tokens." };
        var kind = CommonOptions.Tokenizer();
        var command = new Command("tokenize", "Print the tokens of texts from standard input, one text a line.")
        {
            model, ids, kind,
        };
        command.SetAction(arguments =>
        {
            try
            {
                var tokenizer = Open(arguments.GetRequiredValue(model), arguments.GetValue(kind));
                using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
                using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { NewLine = "\n" };
                new TokenPrinter(tokenizer, arguments.GetValue(ids)).Print(input, output);
                return 0;
            }
            catch (Exception e) when (e is TokenizerException or BundleException)
            {
                Console.Error.WriteLine(e.Message);
                return 1;
            }
        });
        return command;
    }

    private static ITokenizer Open(string path, TokenizerKind? kind)
    {
        if (File.Exists(Path.Combine(path, "manifest.json")) || File.Exists(Path.Combine(path, "current")))
        {
            var bundle = ModelBundle.Open(path);
            return bundle.Manifest.Tokenizer.Create(bundle.Vocabulary);
        }

        return TokenizerFolder.Read(path, kind).Create();
    }
}
