using System.CommandLine;
using KbAlbertStream.Trainer.Data;

namespace KbAlbertStream.Trainer.Commands;

/// <summary><c>vocab</c>: builds the WordPiece vocabulary from the training texts.</summary>
internal static class VocabCommand
{
    // The risk texts are few, but they are the language that the model is for.
    private const int RiskWeight = 8;

    // What stands between the brackets where personal data was masked: rare in these texts, common in service.
    private static readonly string[] Placeholders =
    [
        "RRN", "FRN", "PHONE", "ACCOUNT", "CARD", "EMAIL", "PASSPORT", "DRIVER", "BRN", "CORP", "IP", "NAME", "ADDRESS",
    ];

    public static Command Create()
    {
        var data = CommonOptions.Data();
        var size = new Option<int>("--size") { Description = "Number of tokens.", DefaultValueFactory = _ => 16_000 };
        var frequency = new Option<int>("--min-frequency")
        {
            Description = "How often a piece occurs at least.",
            DefaultValueFactory = _ => 3,
        };
        var output = CommonOptions.Output("The vocabulary file to write.");
        var command = new Command("vocab", "Build a cased WordPiece vocabulary from the training texts.")
        {
            data, size, frequency, output,
        };
        command.SetAction(arguments =>
        {
            var words = CountWords(arguments.GetRequiredValue(data));
            var vocabulary = WordPieceBuilder.Build(
                words, arguments.GetValue(size), arguments.GetValue(frequency), Placeholders);
            vocabulary.Save(arguments.GetRequiredValue(output));
            Console.Error.WriteLine($"{words.Count} different words, {vocabulary.Tokens.Length} tokens");
            return 0;
        });
        return command;
    }

    private static Dictionary<string, long> CountWords(string data)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        void Count(string title, string text, int weight) => TextEncoder.CountWords(title, text, weight, counts);

        foreach (var review in PublicText.Reviews(data, "train"))
        {
            Count("", review.Text, 1);
        }

        foreach (var headline in PublicText.TrainingHeadlines(data))
        {
            Count(headline.Title, "", 1);
        }

        foreach (var line in PublicText.Prose(data))
        {
            Count("", line, 1);
        }

        foreach (var text in TrainingTexts.RiskFiles.SelectMany(file => RiskText.Read(data, file)))
        {
            Count(text.Title, text.Text, RiskWeight);
        }

        return counts;
    }
}
