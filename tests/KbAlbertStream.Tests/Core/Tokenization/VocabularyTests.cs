using System.Text;
using System.Text.Json;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Tokenization;

public sealed class VocabularyTests
{
    [Fact]
    public void Trap_vocabularies_are_read_like_the_reference_reads_them()
    {
        var cases = 0;
        foreach (var line in SharedData.ReadLines("golden", "tokenizers", "vocab-edge.jsonl"))
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var vocabulary = Vocabulary.Parse(root.GetProperty("file_base64").GetBytesFromBase64());
            var special = root.GetProperty("special_ids");
            Assert.Equal(
                root.GetProperty("vocab").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetInt32()),
                vocabulary.Ids);
            Assert.Equal(special.GetProperty("pad").GetInt32(), vocabulary.PaddingId);
            Assert.Equal(special.GetProperty("unk").GetInt32(), vocabulary.UnknownId);
            Assert.Equal(special.GetProperty("cls").GetInt32(), vocabulary.StartId);
            Assert.Equal(special.GetProperty("sep").GetInt32(), vocabulary.SeparatorId);
            Assert.Equal(special.GetProperty("mask").GetInt32(), vocabulary.MaskId);
            Assert.Equal(
                root.GetProperty("input_ids").EnumerateArray().Select(id => id.GetInt32()),
                TokenizerCorpora.Options(root.GetProperty("kind").GetString()!, "cased").Create(vocabulary)
                    .IdsOf(root.GetProperty("text").GetString()!));
            cases++;
        }

        Assert.Equal(28, cases);
    }

    [Fact]
    public void Only_line_feed_and_carriage_return_end_a_token_and_nothing_is_trimmed()
    {
        var file = Encoding.UTF8.GetBytes("[PAD]\r\n[UNK]\r[CLS]\n[SEP]\n[MASK]\n\n a \n\u2028\u0085\n\u3000");

        Assert.Equal(
            ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "", " a ", "\u2028\u0085", "\u3000"],
            Vocabulary.Parse(file).Tokens);
    }

    [Fact]
    public void A_missing_special_token_gets_the_next_id_and_is_named()
    {
        var vocabulary = Vocabulary.FromTokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]"]);

        Assert.Equal(4, vocabulary.MaskId);
        Assert.Equal(["[MASK]"], vocabulary.Added);
    }

    [Fact]
    public void A_saved_vocabulary_is_read_back_the_same()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("kbas-vocabulary-").FullName, "vocab.txt");
        var tokens = new[] { "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "", "가", "##가", " ", "\u00a0", "\U0001f600" };

        Vocabulary.FromTokens(tokens).Save(path);

        Assert.Equal(tokens, Vocabulary.Load(path).Tokens);
    }

    [Fact]
    public void A_token_with_a_line_end_cannot_be_saved() => Assert.Throws<ArgumentException>(
        () => Vocabulary.FromTokens(["a\nb"]).Save(Path.GetTempFileName()));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused_with_their_place()
    {
        var error = Assert.Throws<FormatException>(() => Vocabulary.Parse([0x61, 0x0a, 0xff, 0x0a]));

        Assert.Contains("token 1", error.Message, StringComparison.Ordinal);
    }
}
