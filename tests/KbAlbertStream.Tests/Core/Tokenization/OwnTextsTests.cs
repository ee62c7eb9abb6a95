using System.Text.Json;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Tokenization;

/// <summary>The rules that matter most, on texts of our own: these run everywhere.</summary>
public sealed class OwnTextsTests
{
    private static readonly Vocabulary Tiny = Vocabulary.FromTokens(
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "은", "은행", "이", "##행", "##이", "a", "##a", "1", "##1", "KB",
        "PHONE", "[", "]", "$", "+", "~", ".", "金", "\uf90a", "\u00b7", "\u301c", "\u20a9", "\u1100", "##\u1161",
        "##\U0001f600", "", " ", "은 ", "##",
    ]);

    public static TheoryData<string, string, string[]> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string[]>();
            foreach (var line in File.ReadLines(Repository.PathOf(
                         "tests", "KbAlbertStream.Tests", "Core", "Tokenization", "own-texts.jsonl")))
            {
                var root = JsonDocument.Parse(line).RootElement;
                cases.Add(
                    root.GetProperty("why").GetString()!,
                    root.GetProperty("text").GetString()!,
                    [.. root.GetProperty("tokens").EnumerateArray().Select(t => t.GetString()!)]);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_of_our_own_becomes_these_tokens(string why, string text, string[] tokens)
    {
        var expected = tokens.Select(token => Tiny.Ids[token]).Prepend(Tiny.StartId).Append(Tiny.SeparatorId);

        Assert.True(
            expected.SequenceEqual(new WordPieceTokenizer(Tiny).IdsOf(text)),
            $"{why}: {string.Join(' ', new WordPieceTokenizer(Tiny).IdsOf(text).Select(id => Tiny.Tokens[id]))}");
    }

    [Theory]
    [InlineData("a", 100, false)]
    [InlineData("a", 101, true)]
    [InlineData("a\u200b", 100, false)]
    [InlineData("a\u200b", 101, true)]
    public void A_word_is_unknown_from_a_hundred_and_one_code_points(string unit, int count, bool unknown)
    {
        var ids = new WordPieceTokenizer(Tiny).IdsOf(string.Concat(Enumerable.Repeat(unit, count)));

        Assert.Equal(unknown ? 3 : count + 2, ids.Length);
        Assert.Equal(unknown, ids.Contains(Tiny.UnknownId));
    }

    [Fact]
    public void The_limit_counts_astral_letters_once()
    {
        var ids = new WordPieceTokenizer(Tiny).IdsOf("a" + string.Concat(Enumerable.Repeat("\U0001f600", 99)));

        Assert.Equal(102, ids.Length);
        Assert.DoesNotContain(Tiny.UnknownId, ids);
    }

    [Fact]
    public void Half_a_surrogate_pair_vanishes_like_the_replacement_character()
    {
        var tokenizer = new WordPieceTokenizer(Tiny);

        Assert.Equal(tokenizer.IdsOf("은행"), tokenizer.IdsOf("은\ud83d행\ude00"));
    }

    [Fact]
    public void A_stranger_cannot_bring_in_special_tokens_when_they_stay_text()
    {
        var tokenizer = new WordPieceTokenizer(Tiny, SpecialTokensInText.StayText);

        int[] expected = [Tiny.StartId, Tiny.Ids["["], Tiny.UnknownId, Tiny.Ids["]"], Tiny.SeparatorId];
        Assert.Equal(expected, tokenizer.IdsOf("[SEP]"));
        Assert.Equal(expected, tokenizer.IdsOf("[MASK]"));
    }

    [Fact]
    public void Encoding_allocates_nothing_once_the_buffer_has_grown()
    {
        var tokenizer = new WordPieceTokenizer(Tiny);
        var tokens = new TokenBuffer();
        var text = string.Concat(Enumerable.Repeat("은행이 은\u200b행, 모름 [SEP] 金 ", 200));
        tokenizer.Encode(text, tokens);

        var before = GC.GetAllocatedBytesForCurrentThread();
        tokens.Clear();
        tokenizer.Encode(text, tokens);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
