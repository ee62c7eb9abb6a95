using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Trainer.Data;

namespace KbAlbertStream.Trainer.Tests.Data;

public sealed class WordPieceBuilderTests
{
    private static readonly Dictionary<string, long> Words = new(StringComparer.Ordinal)
    {
        ["은행"] = 50,
        ["은행이"] = 30,
        ["은행은"] = 20,
        ["보험"] = 40,
        ["보험금"] = 25,
        ["😀나라"] = 3,
        ["x"] = 1,
    };

    [Fact]
    public void Frequent_words_become_one_piece_and_every_frequent_character_is_there()
    {
        var tokens = WordPieceBuilder.Build(Words, 60, minFrequency: 2, ["PHONE"]).Tokens;

        Assert.Equal(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "PHONE"], tokens.Take(6));
        Assert.Empty(((string[])["은행", "보험", "보험금", "은행이", "은", "##행", "##은", "😀", "##나"]).Except(tokens));
        Assert.DoesNotContain("x", tokens);
        Assert.Equal(tokens.Length, tokens.Distinct().Count());
    }

    [Fact]
    public void The_most_frequent_pair_is_joined_first()
    {
        var characters = WordPieceBuilder.Build(Words, 0, minFrequency: 2, []).Tokens.Length;

        Assert.Equal("은행", WordPieceBuilder.Build(Words, characters + 1, minFrequency: 2, []).Tokens[^1]);
        Assert.Equal("보험", WordPieceBuilder.Build(Words, characters + 2, minFrequency: 2, []).Tokens[^1]);
    }

    [Fact]
    public void The_order_of_the_words_does_not_matter()
    {
        var backwards = new Dictionary<string, long>(Words.Reverse(), StringComparer.Ordinal);

        Assert.Equal(
            WordPieceBuilder.Build(Words, 60, 2, []).Tokens, WordPieceBuilder.Build(backwards, 60, 2, []).Tokens);
    }

    [Fact]
    public void Every_word_that_it_was_built_from_can_be_spelled()
    {
        var vocabulary = WordPieceBuilder.Build(Words, 24, minFrequency: 1, []);
        var tokenizer = new WordPieceTokenizer(vocabulary);
        var tokens = new TokenBuffer();

        foreach (var word in Words.Keys)
        {
            tokens.Clear();
            tokenizer.Encode(word, tokens);
            Assert.DoesNotContain(vocabulary.UnknownId, tokens.Ids.ToArray());
        }
    }
}
