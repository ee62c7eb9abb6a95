using System.Text.Json;
using CsCheck;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Tokenization;

public sealed class SequenceEncoderTests
{
    private static readonly Vocabulary Tiny = Vocabulary.FromTokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##b"]);

    [Fact]
    public void Pairs_are_cut_and_padded_like_the_reference_does_it_and_refused_where_it_refuses()
    {
        int cases = 0, refused = 0;
        foreach (var line in SharedData.StreamLines("golden", "tokenizers", "pairs.jsonl"))
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var encoder = new SequenceEncoder(TokenizerCorpora.Tokenizer(
                root.GetProperty("kind").GetString()!, root.GetProperty("option").GetString()!, root.GetProperty("vocab").GetString()!));
            var options = new SequenceOptions
            {
                MaxLength = root.GetProperty("max_length").GetInt32(),
                Truncation = TruncationOf(root.GetProperty("truncation").GetString()!),
                PadToMaxLength = root.GetProperty("pad_to_max_length").GetBoolean(),
            };
            EncodedSequence Encode() => encoder.Encode(
                root.GetProperty("text_a").GetString()!, root.GetProperty("text_b").GetString(), options);

            cases++;
            if (root.TryGetProperty("error", out _))
            {
                Assert.Throws<TruncationException>(Encode);
                refused++;
                continue;
            }

            var actual = Encode();
            Assert.Equal(Numbers(root, "input_ids"), actual.Ids);
            Assert.Equal(Numbers(root, "token_type_ids"), actual.TokenTypes);
            Assert.Equal(Numbers(root, "attention_mask"), actual.AttentionMask);
            Assert.Equal(actual.Ids.Length, actual.Offsets.Length);
        }

        Assert.Equal((500, 17), (cases, refused));
    }

    [Fact]
    public void Every_token_of_a_pair_stands_in_its_own_text()
    {
        var pair = new SequenceEncoder(new WordPieceTokenizer(Tiny))
            .Encode("a  ab", " b", new SequenceOptions { MaxLength = 9, PadToMaxLength = true });

        Assert.Equal("[CLS] a a ##b [SEP] b [SEP] [PAD] [PAD]", string.Join(' ', pair.Ids.Select(id => Tiny.Tokens[id])));
        Assert.Equal([(0, 0), (0, 1), (3, 4), (4, 5), (0, 0), (1, 2), (0, 0), (0, 0), (0, 0)], pair.Offsets);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 0, 0], pair.TokenTypes);
        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 0, 0], pair.AttentionMask);
    }

    [Fact]
    public void An_empty_second_text_is_a_second_text() => Assert.Equal(
        [Tiny.StartId, 5, Tiny.SeparatorId, Tiny.SeparatorId], new SequenceEncoder(new WordPieceTokenizer(Tiny)).Encode("a", "").Ids);

    [Theory]
    [InlineData(TokenizerKind.WordPiece, 7, 3, 4)] // equal: the second keeps the odd one
    [InlineData(TokenizerKind.KbCharV1, 7, 4, 3)] // equal: the first does
    public void The_two_kinds_give_an_odd_token_to_different_texts(TokenizerKind kind, int budget, int first, int second) =>
        Assert.Equal((first, second), TokenTruncation.Keep(kind, Truncation.LongestFirst, budget, 10, 10));

    [Theory]
    [InlineData(Truncation.OnlyFirst, 5)]
    [InlineData(Truncation.OnlySecond, null)]
    public void What_word_piece_refuses_to_cut_kb_char_v1_leaves_whole(Truncation truncation, int? second)
    {
        Assert.Throws<TruncationException>(() => TokenTruncation.Keep(TokenizerKind.WordPiece, truncation, 3, 4, second));
        Assert.Equal((4, second ?? 0), TokenTruncation.Keep(TokenizerKind.KbCharV1, truncation, 3, 4, second));
    }

    [Fact]
    public void Two_texts_cut_longest_first_fill_the_budget_exactly() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 80], Gen.OneOf(Gen.Const(TokenizerKind.WordPiece), Gen.Const(TokenizerKind.KbCharV1)))
            .Sample((first, second, budget, kind) =>
            {
                var (keptFirst, keptSecond) = TokenTruncation.Keep(kind, Truncation.LongestFirst, budget, first, second);
                Assert.Equal(Math.Min(first + second, budget), keptFirst + keptSecond);
                Assert.InRange(keptFirst, 0, first);
                Assert.InRange(keptSecond, 0, second);
            });

    private static Truncation TruncationOf(string strategy) => strategy switch
    {
        "longest_first" => Truncation.LongestFirst,
        "only_first" => Truncation.OnlyFirst,
        "only_second" => Truncation.OnlySecond,
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "not in the golden files"),
    };

    private static IEnumerable<int> Numbers(JsonElement root, string name) =>
        root.GetProperty(name).EnumerateArray().Select(number => number.GetInt32());
}
