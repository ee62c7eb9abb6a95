using System.Collections.Concurrent;
using System.Text.Json;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Tokenization;

/// <summary>The texts, vocabularies and tokenizers that the tokenizers' golden files were made from.</summary>
internal static class TokenizerCorpora
{
    private static readonly ConcurrentDictionary<(string, string, string), ITokenizer> Tokenizers = new();

    public static IEnumerable<string> Texts(string corpus) => corpus switch
    {
        "adversarial" => SharedData.StreamLines("golden", "tokenizers", "adversarial.jsonl").Select(line => Field(line, "text")),
        "risk" => SharedData.StreamLines("data", "risk", "train.jsonl")
            .Select(line => $"{Field(line, "title")} {Field(line, "text")}"),
        "ynat" => Column(1, "data", "text", "ynat_headlines.tsv.gz"),
        "nsmc-test" => Column(3, "data", "nsmc", "test.tsv.gz"),
        "petitions" => SharedData.StreamLines("data", "text", "petitions.txt.gz"),
        "d365" => SharedData.StreamLines("data", "text", "d365_manuals.txt.gz"),
        _ => throw new ArgumentOutOfRangeException(nameof(corpus), corpus, "no such corpus"),
    };

    /// <summary>A vocabulary file by its path as the golden files write it: from the folder above <c>shared</c>.</summary>
    public static byte[] VocabularyFile(string path) => SharedData.ReadBytes(path.Split('/')[1..]);

    public static ITokenizer Tokenizer(string kind, string option, string vocabulary) => Tokenizers.GetOrAdd(
        (kind, option, vocabulary),
        _ => Options(kind, option).Create(Vocabulary.Parse(VocabularyFile(vocabulary))));

    public static TokenizerOptions Options(string kind, string option) => new()
    {
        Kind = TokenizerKinds.Names.First(named => named.Name == kind).Value,
        LowerCase = option.StartsWith("uncased", StringComparison.Ordinal),
        StripAccents = option == "uncased-keepaccents" ? false : null,
    };

    public static IEnumerable<string> Golden(string run, string kind) =>
        SharedData.StreamLines("golden", "tokenizers", "ids", $"{run}.{kind}.gz");

    private static string Field(string line, string name)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.TryGetProperty(name, out var value) ? value.GetString()! : "";
    }

    private static IEnumerable<string> Column(int index, params string[] path) =>
        SharedData.StreamLines(path).Skip(1).Select(line => line.Split('\t')[index]);
}
