using KbAlbertStream.Trainer.Commands;

namespace KbAlbertStream.Trainer.Tests.Commands;

public sealed class TokenizeCommandTests
{
    [Theory]
    [InlineData("/nowhere/at/all")]
    [InlineData("docs")]
    public void A_folder_without_a_tokenizer_is_an_error_and_not_a_crash(string folder) => Assert.Equal(
        1, TokenizeCommand.Create().Parse(["--model", Repository.PathOf(folder.TrimStart('/'))]).Invoke());

    [Fact]
    public void Only_known_kinds_are_taken() =>
        Assert.NotEmpty(TokenizeCommand.Create().Parse(["--model", "x", "--tokenizer", "bpe"]).Errors);
}
