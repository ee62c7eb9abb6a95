using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text.Json;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Tokenization;

/// <summary>Our ids beside those of Hugging Face Transformers: every line of every run.</summary>
public sealed class TokenizerGoldenTests
{
    /// <summary>Lines of the golden files that may differ, as <c>run:line</c>. There are none, and none may be added.</summary>
    private static readonly string[] KnownDifferences = [];

    [Fact]
    public void Every_line_of_every_run_has_the_ids_of_the_reference()
    {
        var runs = GoldenRun.All().ToArray();
        var differences = new ConcurrentBag<string>();
        Parallel.ForEach(
            runs.OrderByDescending(run => run.Ids), new ParallelOptions { MaxDegreeOfParallelism = 2 }, run => Compare(run, differences));

        Assert.Empty(KnownDifferences);
        Assert.Empty(differences.Order());
        Assert.Equal(62, runs.Length);
        Assert.Equal(1_255_570, runs.Sum(run => run.Lines));
        Assert.Equal(91_859_377, runs.Sum(run => run.Ids));
    }

    [Fact]
    public void The_first_lines_of_every_run_are_the_same_id_by_id() => Assert.All(GoldenRun.All(), run =>
    {
        var tokenizer = run.Tokenizer();
        var expected = TokenizerCorpora.Golden(run.Name, "ids").ToList();

        var actual = TokenizerCorpora.Texts(run.Corpus).Take(expected.Count)
            .Select(text => string.Join(' ', tokenizer.IdsOf(text)));

        Assert.Equal(run.FullLines, expected.Count);
        Assert.Equal(expected, actual);
    });

    [Fact]
    public void Every_token_stands_where_the_reference_says()
    {
        var tokens = new TokenBuffer();
        var cases = 0;
        foreach (var line in SharedData.StreamLines("golden", "tokenizers", "offsets.jsonl"))
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var text = root.GetProperty("text").GetString()!;
            var tokenizer = TokenizerCorpora.Tokenizer(
                root.GetProperty("kind").GetString()!,
                root.GetProperty("option").GetString()!,
                root.GetProperty("vocab").GetString()!);

            tokens.Clear();
            tokenizer.Encode(text, tokens);

            Assert.Equal(Pairs(root, "offsets_utf16"), tokens.Starts.ToArray().Zip(tokens.Ends.ToArray()));
            Assert.Equal(
                Pairs(root, "offsets_codepoint"),
                CodePointPlaces.Of(text, tokens.Starts).Zip(CodePointPlaces.Of(text, tokens.Ends)));
            cases++;
        }

        Assert.Equal(300, cases);
    }

    private static void Compare(GoldenRun run, ConcurrentBag<string> differences)
    {
        var tokenizer = run.Tokenizer();
        var tokens = new TokenBuffer();
        int[] start = [tokenizer.Vocabulary.StartId], end = [tokenizer.Vocabulary.SeparatorId];
        var crc = new Crc32();
        int line = 0;
        long ids = 0, unknown = 0;
        foreach (var (text, expected) in TokenizerCorpora.Texts(run.Corpus).Zip(TokenizerCorpora.Golden(run.Name, "crc")))
        {
            tokens.Clear();
            tokenizer.Encode(text, tokens);
            crc.Append(MemoryMarshal.AsBytes(start.AsSpan()));
            crc.Append(MemoryMarshal.AsBytes(tokens.Ids));
            crc.Append(MemoryMarshal.AsBytes(end.AsSpan()));
            var actual = $"{tokens.Count + 2} {crc.GetCurrentHashAsUInt32():x8}";
            crc.Reset();
            if (actual != expected)
            {
                differences.Add($"{run.Name}:{line}");
            }

            ids += tokens.Count + 2;
            unknown += tokens.Ids.Count(tokenizer.Vocabulary.UnknownId);
            line++;
        }

        if ((line, ids, unknown) != (run.Lines, run.Ids, run.Unknown))
        {
            differences.Add($"{run.Name}: {line} lines, {ids} ids, {unknown} unknown");
        }
    }

    private static (int Start, int End)[] Pairs(JsonElement root, string name) =>
        root.GetProperty(name).EnumerateArray().Select(p => (p[0].GetInt32(), p[1].GetInt32())).ToArray()[1..^1];
}
