using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Tokenization;

public sealed class WordPieceGoldenTests
{
    public static TheoryData<string, string> Runs => new MatrixTheoryData<string, string>(
        ["own-char-v2", "kcbert", "koelectra"], ["adversarial", "ynat", "nsmc-test", "petitions"]);

    [Theory]
    [MemberData(nameof(Runs))]
    public void Every_line_has_the_ids_of_the_reference(string vocabulary, string corpus)
    {
        var run = $"wordpiece-cased-{vocabulary}-{corpus}";
        var tokenizer = new WordPieceTokenizer(Vocabulary.Parse(TokenizerCorpora.VocabularyFile(vocabulary)));
        var expected = TokenizerCorpora.Golden(run, "crc").ToList();
        var line = 0;
        foreach (var text in TokenizerCorpora.Texts(corpus))
        {
            var ids = tokenizer.IdsOf(text);
            var crc = Crc32.HashToUInt32(MemoryMarshal.AsBytes(ids.AsSpan()));
            Assert.True(expected[line] == $"{ids.Length} {crc:x8}", $"line {line} of {run}: {string.Join(' ', ids)}");
            line++;
        }

        Assert.Equal(expected.Count, line);
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_first_lines_are_the_same_id_by_id(string vocabulary, string corpus)
    {
        var tokenizer = new WordPieceTokenizer(Vocabulary.Parse(TokenizerCorpora.VocabularyFile(vocabulary)));
        var expected = TokenizerCorpora.Golden($"wordpiece-cased-{vocabulary}-{corpus}", "ids").ToList();

        var actual = TokenizerCorpora.Texts(corpus).Take(expected.Count)
            .Select(text => string.Join(' ', tokenizer.IdsOf(text)));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Every_token_stands_where_the_reference_says()
    {
        var tokenizers = new Dictionary<string, WordPieceTokenizer>();
        var tokens = new TokenBuffer();
        var cases = 0;
        foreach (var line in SharedData.ReadLines("golden", "tokenizers", "offsets.jsonl"))
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.GetProperty("option").GetString() != "cased")
            {
                continue;
            }

            var vocabulary = Path.GetFileName(root.GetProperty("vocab").GetString()!).Split('.')[0];
            if (!tokenizers.TryGetValue(vocabulary, out var tokenizer))
            {
                tokenizers[vocabulary] = tokenizer =
                    new WordPieceTokenizer(Vocabulary.Parse(TokenizerCorpora.VocabularyFile(vocabulary)));
            }

            tokens.Clear();
            tokenizer.Encode(root.GetProperty("text").GetString()!, tokens);
            var places = root.GetProperty("offsets_utf16").EnumerateArray()
                .Select(p => (p[0].GetInt32(), p[1].GetInt32())).ToArray()[1..^1];
            Assert.Equal(places, tokens.Starts.ToArray().Zip(tokens.Ends.ToArray()));
            cases++;
        }

        Assert.True(cases >= 100, $"only {cases} cases");
    }

    [Fact]
    public void Every_code_point_is_treated_like_the_reference_treats_it()
    {
        var ranges = 0;
        foreach (var row in SharedData.ReadLines("golden", "tokenizers", "classes.tsv.gz").Skip(1))
        {
            var columns = row.Split('\t');
            var last = Convert.ToInt32(columns[1], 16);
            for (var codePoint = Convert.ToInt32(columns[0], 16); codePoint <= last; codePoint++)
            {
                var c = char.ConvertFromUtf32(codePoint);
                string[] expected = columns[2] switch
                {
                    "joined" => [$"a{c}b"],
                    "removed" => ["ab"],
                    "space" => ["a", "b"],
                    "punct" or "cjk" => ["a", c, "b"],
                    _ => throw new InvalidOperationException(columns[2]),
                };
                Assert.True(expected.SequenceEqual(Tokenizing.WordsOf($"a{c}b")), $"U+{codePoint:X4} is {columns[2]}");
            }

            ranges++;
        }

        Assert.True(ranges > 300);
    }
}
