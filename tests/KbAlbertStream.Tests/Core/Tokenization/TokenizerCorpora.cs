using System.Text.Json;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Tokenization;

/// <summary>The texts and vocabularies that the tokenizers' golden files were made from.</summary>
internal static class TokenizerCorpora
{
    public static IEnumerable<string> Texts(string corpus) => corpus switch
    {
        "adversarial" => SharedData.ReadLines("golden", "tokenizers", "adversarial.jsonl").Select(TextOf),
        "ynat" => Column(1, "data", "text", "ynat_headlines.tsv.gz"),
        "nsmc-test" => Column(3, "data", "nsmc", "test.tsv.gz"),
        "petitions" => SharedData.ReadLines("data", "text", "petitions.txt.gz"),
        _ => throw new ArgumentOutOfRangeException(nameof(corpus), corpus, "no such corpus"),
    };

    public static byte[] VocabularyFile(string name) => name.StartsWith("own-", StringComparison.Ordinal)
        ? SharedData.ReadBytes("golden", "tokenizers", name + ".vocab.txt.gz")
        : SharedData.ReadBytes("data", "vocab", name + ".txt.gz");

    public static IEnumerable<string> Golden(string run, string kind) =>
        SharedData.ReadLines("golden", "tokenizers", "ids", $"{run}.{kind}.gz");

    private static string TextOf(string line)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("text").GetString()!;
    }

    private static IEnumerable<string> Column(int index, params string[] path) =>
        SharedData.ReadLines(path).Skip(1).Select(line => line.Split('\t')[index]);
}
