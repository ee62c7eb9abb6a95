using System.Text.Json;
using CsCheck;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Tokenization;

/// <summary>Both kinds over a vocabulary of single characters, on texts of our own.</summary>
public sealed class OwnCharactersTests
{
    private static readonly string[] Tokens =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "은", "##은", "행", "##행", "a", "##a", "A", "##A", "e", "##e", "E", "i",
        "金", "##金", "##,", "#", "###", "=", "\U0001f600", "##\U0001f600", "##\u110b", "##\u1173", "##\u11ab", "##\u302e",
        "##\U0001d165", "##\u00e9", "##\u0307", "", "##", "a ", "## ",
    ];

    private static readonly Vocabulary Characters = Vocabulary.FromTokens(Tokens);

    public static TheoryData<string, string, string, string[]> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string, string[]>();
            foreach (var line in File.ReadLines(Repository.PathOf(
                         "tests", "KbAlbertStream.Tests", "Core", "Tokenization", "own-characters.jsonl")))
            {
                var root = JsonDocument.Parse(line).RootElement;
                cases.Add(
                    root.GetProperty("option").GetString()!,
                    root.GetProperty("why").GetString()!,
                    root.GetProperty("text").GetString()!,
                    [.. root.GetProperty("tokens").EnumerateArray().Select(t => t.GetString()!)]);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_text_of_our_own_becomes_these_tokens(string option, string why, string text, string[] tokens)
    {
        var ids = Options(option).Create(Characters).IdsOf(text);

        Assert.True(
            tokens.Prepend("[CLS]").Append("[SEP]").SequenceEqual(ids.Select(id => Tokens[id])),
            $"{why}: {string.Join(' ', ids.Select(id => Tokens[id]))}");
    }

    [Theory]
    [InlineData("은행[SEP]은", "은 ##행 [UNK] [UNK] [UNK] [UNK] [UNK] ##은")]
    [InlineData("[CLS]", "[UNK] [UNK] [UNK] [UNK] [UNK]")]
    public void A_customer_cannot_smuggle_a_special_token_into_kb_char_v1(string text, string expected)
    {
        var ids = new KbCharTokenizer(Characters, SpecialTokensInText.StayText).IdsOf(text);

        Assert.Equal(expected, string.Join(' ', ids[1..^1].Select(id => Tokens[id])));
        Assert.Equal([Characters.StartId, Characters.SeparatorId], ids.Where(id => id is 0 or 2 or 3 or 4));
    }

    [Fact]
    public void A_word_of_kb_char_v1_has_any_length() => Assert.Equal(
        5002, new KbCharTokenizer(Characters).IdsOf(new string('a', 5000)).Length);

    [Fact]
    public void Half_a_surrogate_pair_is_unknown_to_kb_char_v1() => Assert.Equal(
        "은 [UNK] ##행 [UNK]",
        string.Join(' ', new KbCharTokenizer(Characters).IdsOf("은\ud83d행\ude00")[1..^1].Select(id => Tokens[id])));

    [Fact]
    public void Thirty_four_syllables_are_too_many_code_points_once_taken_apart()
    {
        var tokenizer = Options("uncased").Create(Characters);

        Assert.Equal(2 + 1 + (33 * 3), tokenizer.IdsOf("a" + new string('은', 33)).Length);
        Assert.Equal([2, 1, 3], tokenizer.IdsOf("a" + new string('은', 34)));
    }

    [Theory]
    [InlineData]
    [InlineData("aA", "은a", "##행a은", "##\U0001f600a", "##aaa")]
    public void One_lookup_a_character_gives_what_the_longest_pieces_give(params string[] longer)
    {
        // Enough tokens that the longer ones are few.
        var vocabulary = Vocabulary.FromTokens(
            [.. Tokens, .. longer, .. Enumerable.Range(0xAE00, 100).Select(c => ((char)c).ToString())]);
        var pieces = new PieceSpeller(vocabulary, CodePointClasses.Bert);
        var characters = CharacterSpeller.ForWholeWords(vocabulary, CodePointClasses.Bert)!;
        string[] bits = ["은", "행", "a", "A", "金", ",", " ", "\u200b", "\U0001f600", "꿇", "\ud83d", "#", new string('a', 40)];

        Gen.Int[0, bits.Length - 1].Array[0, 60].Select(places => string.Concat(places.Select(place => bits[place])))
            .Sample(text =>
            {
                TokenBuffer expected = new(), actual = new();
                pieces.Spell(text, 0, expected);
                characters.Spell(text, 0, actual);
                Assert.Equal(expected.Ids, actual.Ids);
                Assert.Equal(expected.Starts, actual.Starts);
                Assert.Equal(expected.Ends, actual.Ends);
            });
    }

    [Fact]
    public void A_vocabulary_of_words_does_not_take_the_way_of_characters() => Assert.Null(CharacterSpeller.ForWholeWords(
        Vocabulary.FromTokens([.. Tokens, "은행", "##은행", "행은", "aa"]), CodePointClasses.Bert));

    [Theory]
    [InlineData("kb-char-v1")]
    [InlineData("cased")]
    [InlineData("uncased")]
    [InlineData("uncased-keepaccents")]
    public void Encoding_allocates_nothing_once_the_buffers_have_grown(string option)
    {
        var tokenizer = Options(option).Create(Characters);
        var tokens = new TokenBuffer();
        var text = string.Concat(Enumerable.Repeat("은행a 은\u200b행, 꿇 [SEP] 金 É a\u302e\U0001d165 \U0001f600", 500));
        for (var i = 0; i < 3; i++)
        {
            tokens.Clear();
            tokenizer.Encode(text, tokens);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        tokens.Clear();
        tokenizer.Encode(text, tokens);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static TokenizerOptions Options(string option) => option switch
    {
        "kb-char-v1" => new TokenizerOptions { Kind = TokenizerKind.KbCharV1 },
        "cased-joining-ideographs" => new TokenizerOptions { SeparateIdeographs = false },
        "cased-strip" => new TokenizerOptions { StripAccents = true },
        _ => TokenizerCorpora.Options("wordpiece", option),
    };
}
