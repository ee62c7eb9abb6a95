using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Tokenization;

/// <summary>All of Unicode, one code point at a time, beside what the reference was seen to do with it.</summary>
public sealed class CodePointGoldenTests
{
    private const int Syllables = 0xAC00;

    private static readonly TokenizerOptions Uncased = new() { LowerCase = true };
    private static readonly TokenizerOptions KeepAccents = new() { LowerCase = true, StripAccents = false };
    private static readonly TokenizerOptions OnlyStrip = new() { StripAccents = true };

    [Fact]
    public void Every_code_point_joins_splits_or_vanishes_like_in_the_reference()
    {
        var seen = 0;
        foreach (var row in Rows("classes.tsv.gz"))
        {
            for (var codePoint = Hex(row[0]); codePoint <= Hex(row[1]); codePoint++)
            {
                var c = char.ConvertFromUtf32(codePoint);
                Assert.True(
                    Expected(row[2], c).SequenceEqual(Tokenizing.WordsOf($"a{c}b", CodePointClasses.Bert)), $"U+{codePoint:X4}");
                Assert.True(
                    Expected(row[3], c).SequenceEqual(Tokenizing.WordsOf($"a{c}b", CodePointClasses.KbCharV1)), $"U+{codePoint:X4}");
                seen++;
            }
        }

        Assert.Equal(0x110000 - 0x800, seen);
    }

    [Fact]
    public void Ideographs_join_where_they_are_not_to_be_separated()
    {
        foreach (var row in Rows("classes.tsv.gz"))
        {
            var c = char.ConvertFromUtf32(Hex(row[0]));
            Assert.Equal(
                Expected(row[2] == "cjk" ? "joined" : row[2], c),
                Tokenizing.WordsOf($"a{c}b", CodePointClasses.BertJoiningIdeographs));
        }
    }

    [Fact]
    public void Every_code_point_folds_to_what_the_reference_makes_of_it()
    {
        var table = Rows("uncased.tsv.gz").ToDictionary(row => Hex(row[0]), row => (Text(row[1]), Text(row[2])));
        foreach (var row in Rows("classes.tsv.gz").Where(row => row[2] is not ("removed" or "space")))
        {
            for (var codePoint = Hex(row[0]); codePoint <= Hex(row[1]); codePoint++)
            {
                var c = char.ConvertFromUtf32(codePoint);
                var (uncased, keepAccents) = table.TryGetValue(codePoint, out var found) ? found
                    : codePoint is >= Syllables and < Syllables + 11172 ? (Jamo(codePoint - Syllables), c)
                    : (c, c);
                Assert.True($"x{uncased}x" == Fold($"X{c}x", Uncased), $"U+{codePoint:X4} uncased");
                Assert.True($"x{keepAccents}x" == Fold($"X{c}x", KeepAccents), $"U+{codePoint:X4} uncased-keepaccents");
                Assert.True($"x{uncased}x" == Fold(Fold($"X{c}x", OnlyStrip), KeepAccents), $"U+{codePoint:X4} stripped, then lower");
            }
        }
    }

    private static string Fold(string text, TokenizerOptions options)
    {
        using var folded = new FoldedText(text, 0, Folding.For(options)!, CodePointClasses.Bert);
        return folded.Text.ToString();
    }

    private static string[] Expected(string @class, string c) => @class switch
    {
        "joined" => [$"a{c}b"],
        "removed" => ["ab"],
        "space" => ["a", "b"],
        "punct" or "cjk" => ["a", c, "b"],
        _ => throw new InvalidOperationException(@class),
    };

    // The rule in the reference's words, once more.
    private static string Jamo(int i) =>
        $"{(char)(0x1100 + (i / 588))}{(char)(0x1161 + (i % 588 / 28))}{(i % 28 == 0 ? "" : (char)(0x11A7 + (i % 28)))}";

    private static IEnumerable<string[]> Rows(string file) =>
        SharedData.StreamLines("golden", "tokenizers", file).Skip(1).Select(row => row.Split('\t'));

    private static string Text(string codePoints) => string.Concat(
        codePoints.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => char.ConvertFromUtf32(Hex(c))));

    private static int Hex(string digits) => Convert.ToInt32(digits, 16);
}
