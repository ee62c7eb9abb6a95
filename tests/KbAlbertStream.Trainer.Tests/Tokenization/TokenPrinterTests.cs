using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Trainer.Tokenization;

namespace KbAlbertStream.Trainer.Tests.Tokenization;

public sealed class TokenPrinterTests
{
    private static readonly Vocabulary Tiny = Vocabulary.FromTokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "은", "##행", "a"]);

    [Theory]
    [InlineData("은행\na", "[CLS] 은 ##행 [SEP]\n[CLS] a [SEP]\n")]
    [InlineData("은행\n\na\n", "[CLS] 은 ##행 [SEP]\n[CLS] [SEP]\n[CLS] a [SEP]\n")]
    [InlineData("은\u2028a\ra\u0085a\n", "[CLS] 은 a [UNK] [SEP]\n")] // U+0085 is removed, "aa" is unknown
    [InlineData("", "")]
    public void Every_line_of_text_is_a_line_of_tokens(string input, string expected) =>
        Assert.Equal(expected, Print(input, asIds: false));

    [Fact]
    public void Ids_are_printed_instead_when_asked_for() => Assert.Equal("2 5 6 3\n2 4 3\n", Print("은행\n[MASK]\n", asIds: true));

    [Fact]
    public void A_text_longer_than_a_read_is_one_text()
    {
        var output = Print(string.Join(' ', Enumerable.Repeat("은행", 5000)), asIds: true);

        Assert.Equal(10_002, output.Split(' ').Length);
        Assert.Equal(1, output.Count(c => c == '\n'));
    }

    private static string Print(string input, bool asIds)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new TokenPrinter(new WordPieceTokenizer(Tiny), asIds).Print(new StringReader(input), output);
        return output.ToString();
    }
}
