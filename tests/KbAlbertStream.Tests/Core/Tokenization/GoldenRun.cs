using System.Text.Json;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Tokenization;

/// <summary>One run of the reference: a tokenizer with its options over a corpus.</summary>
internal sealed record GoldenRun(
    string Name, string Kind, string Option, string Vocabulary, string Corpus, int Lines, int FullLines, long Ids, long Unknown)
{
    public static IEnumerable<GoldenRun> All()
    {
        using var json = JsonDocument.Parse(SharedData.ReadBytes("golden", "tokenizers", "manifest.json"));
        return
        [
            .. json.RootElement.EnumerateArray().Select(run => new GoldenRun(
                run.GetProperty("name").GetString()!,
                run.GetProperty("kind").GetString()!,
                run.GetProperty("option").GetString()!,
                run.GetProperty("vocab").GetString()!,
                run.GetProperty("corpus").GetString()!,
                run.GetProperty("lines").GetInt32(),
                run.GetProperty("id_lines").GetInt32(),
                run.GetProperty("ids_total").GetInt64(),
                run.GetProperty("unk_total").GetInt64())),
        ];
    }

    public ITokenizer Tokenizer() => TokenizerCorpora.Tokenizer(Kind, Option, Vocabulary);

    public override string ToString() => Name;
}
