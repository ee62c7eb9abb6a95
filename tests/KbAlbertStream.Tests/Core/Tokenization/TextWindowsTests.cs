using CsCheck;
using KbAlbertStream.Core.Tokenization;

namespace KbAlbertStream.Tests.Core.Tokenization;

public sealed class TextWindowsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(126)]
    public void A_text_that_fits_is_one_window(int tokens) => Assert.Equal([new TextWindow(0, tokens)], Split(tokens, 128));

    [Fact]
    public void Neighbours_share_sixty_four_tokens() => Assert.Equal(
        [new TextWindow(0, 254), new TextWindow(190, 254), new TextWindow(380, 120)], Split(500, 256));

    [Fact]
    public void Short_windows_share_half_of_themselves() => Assert.Equal(
        [new TextWindow(0, 4), new TextWindow(2, 4), new TextWindow(4, 3)], Split(7, 6));

    [Fact]
    public void No_token_is_left_unread_and_no_window_is_too_long() => Gen.Select(Gen.Int[0, 5000], Gen.Int[4, 520])
        .Sample((tokens, maxLength) =>
        {
            var windows = Split(tokens, maxLength);
            var read = 0;
            foreach (var window in windows)
            {
                Assert.InRange(window.Length, 2, maxLength);
                Assert.True(window.Start <= read);
                Assert.True(window.Start + window.Count > read || tokens == 0, "a window must add something");
                read = window.Start + window.Count;
            }

            Assert.Equal(tokens, read);
        });

    [Fact]
    public void The_characters_of_a_window_are_those_of_its_tokens()
    {
        var tokenizer = new WordPieceTokenizer(Vocabulary.FromTokens(
            ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "가", "나", "##다", "."]));
        const string text = "  가\u200b다 나. 모름 ";
        var tokens = new TokenBuffer();
        tokenizer.Encode(text, tokens);

        Assert.Equal("가\u200b다 나", text[new TextWindow(0, 3).CharactersOf(tokens)]);
        Assert.Equal("다 나. 모름", text[new TextWindow(1, 4).CharactersOf(tokens)]);
        Assert.Equal("", text[new TextWindow(0, 0).CharactersOf(tokens)]);
    }

    private static List<TextWindow> Split(int tokens, int maxLength)
    {
        var windows = new List<TextWindow>();
        TextWindows.Split(0, tokens, maxLength, windows);
        return windows;
    }
}
