using System.Buffers;
using KbAlbertStream.Core.Text.Redaction;

namespace KbAlbertStream.Tests.Core.Text;

public sealed class WordSetTests
{
    // Characters whose upper or lower case could be an ASCII letter are the ones to go wrong with: dotless i, long s, the
    // signs for Kelvin and Angstrom.
    private const string Alphabet = "카드card유효기간CVC 효카 ⓒⒸıİſKkÅå()=123";

    private static readonly string[] Words = ["카드", "card", "유효기간", "CVC", "ⓒ", "(c)", "=", "sk"];

    [Fact]
    public void Finds_what_a_search_that_ignores_case_finds()
    {
        var expected = SearchValues.Create(Words, StringComparison.OrdinalIgnoreCase);
        var words = new WordSet(Words);
        var random = new Random(20261127);
        var found = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(random.GetItems<char>(Alphabet, random.Next(0, 14)));
            var isThere = text.AsSpan().ContainsAny(expected);
            Assert.True(isThere == words.IsIn(text), text);
            found += isThere ? 1 : 0;
        }

        Assert.InRange(found, 2_000, 18_000);
    }

    [Theory]
    [InlineData("제 카드입니다", true)]
    [InlineData("my CaRd", true)]
    [InlineData("car", false)]
    [InlineData("유효", false)]
    [InlineData("유효유효기간", true)]
    [InlineData("", false)]
    public void A_word_stands_anywhere_in_any_case(string text, bool expected) =>
        Assert.Equal(expected, new WordSet(Words).IsIn(text));

    [Fact]
    public void An_empty_word_is_refused() => Assert.Throws<ArgumentException>(() => new WordSet("a", ""));
}
