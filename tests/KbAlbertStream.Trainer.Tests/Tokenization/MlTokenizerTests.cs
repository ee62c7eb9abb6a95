using System.Buffers;
using System.Text.Json;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Trainer.Tokenization;
using Microsoft.ML.Tokenizers;
using WordPieceTokenizer = KbAlbertStream.Core.Tokenization.WordPieceTokenizer;

namespace KbAlbertStream.Trainer.Tests.Tokenization;

/// <summary>Our tokenizers seen through the base class of Microsoft.ML.Tokenizers and nothing else.</summary>
public sealed class MlTokenizerTests
{
    private static readonly Vocabulary Tiny =
        Vocabulary.FromTokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "은", "##행", "은행", "a", "##a", ",", "##,"]);

    private readonly Tokenizer _wordPiece = new MlTokenizer(new WordPieceTokenizer(Tiny));
    private readonly Tokenizer _kbChar = new MlTokenizer(new KbCharTokenizer(Tiny));

    [Fact]
    public void Both_kinds_give_their_own_ids()
    {
        Assert.Equal([7, 10, 8], _wordPiece.EncodeToIds("은행,a"));
        Assert.Equal([5, 6, 11, 9], _kbChar.EncodeToIds("은행,a"));
        Assert.Equal(4, _kbChar.CountTokens("은행,a"));
    }

    [Theory]
    [InlineData("wordpiece-cased-own-char-v2-adversarial", "own-char-v2", TokenizerKind.WordPiece)]
    [InlineData("kb-char-v1-default-own-char-v1-adversarial", "own-char-v1", TokenizerKind.KbCharV1)]
    public void Hostile_texts_get_the_ids_of_the_reference(string run, string vocabulary, TokenizerKind kind)
    {
        var inner = new TokenizerOptions { Kind = kind }.Create(
            Vocabulary.Parse(SharedData.ReadBytes("golden", "tokenizers", $"{vocabulary}.vocab.txt.gz")));
        Tokenizer tokenizer = new MlTokenizer(inner);
        var texts = SharedData.ReadLines("golden", "tokenizers", "adversarial.jsonl")
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!).ToArray();

        var ids = texts.Select(text => string.Join(
            ' ', tokenizer.EncodeToIds(text).Prepend(inner.Vocabulary.StartId).Append(inner.Vocabulary.SeparatorId)));

        Assert.Equal(SharedData.ReadLines("golden", "tokenizers", "ids", $"{run}.ids.gz"), ids);
        Assert.All(texts, text => Assert.Equal(
            tokenizer.EncodeToIds(text), tokenizer.EncodeToTokens(text, out _).Select(token => token.Id)));
    }

    [Fact]
    public void Tokens_have_their_text_and_their_place()
    {
        var tokens = _wordPiece.EncodeToTokens("은행a  [MASK]", out var normalized);

        Assert.Null(normalized);
        Assert.Equal(
            [new EncodedToken(7, "은행", 0..2), new EncodedToken(9, "##a", 2..3), new EncodedToken(4, "[MASK]", 5..11)], tokens);
    }

    [Fact]
    public void A_text_can_be_cut_at_a_number_of_tokens_from_either_end()
    {
        Assert.Equal([7, 9], _wordPiece.EncodeToIds("은행a , a", 2, out _, out var consumed));
        Assert.Equal(3, consumed);
        Assert.Equal(3, _wordPiece.GetIndexByTokenCount("은행a , a", 2, out _, out var count));
        Assert.Equal(2, count);
        Assert.Equal(4, _wordPiece.GetIndexByTokenCountFromEnd("은행a , a", 2, out _, out count));
        Assert.Equal(2, count);
        Assert.Equal(7, _wordPiece.GetIndexByTokenCount("은행a , a", 9, out _, out count));
        Assert.Equal(4, count);
    }

    [Fact]
    public void Ids_become_text_again()
    {
        Assert.Equal("은행a , [MASK]", _wordPiece.Decode([7, 9, 10, 4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _wordPiece.Decode([99]));
        var text = new char[4];
        Assert.Equal(OperationStatus.DestinationTooSmall, _wordPiece.Decode([7, 9, 10], text, out var consumed, out var written));
        Assert.Equal((2, 3), (consumed, written));
    }

    [Fact]
    public void A_special_token_that_the_vocabulary_lacks_has_its_name()
    {
        Tokenizer tokenizer = new MlTokenizer(new WordPieceTokenizer(Vocabulary.FromTokens(["[UNK]", "[SEP]", "[PAD]", "[CLS]", "a"])));

        Assert.Equal(new EncodedToken(5, "[MASK]", 0..6), tokenizer.EncodeToTokens("[MASK]", out _).Single());
    }
}
