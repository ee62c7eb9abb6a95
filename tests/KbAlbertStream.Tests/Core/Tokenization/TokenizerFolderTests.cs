using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Tokenization;

public sealed class TokenizerFolderTests : IDisposable
{
    private readonly TokenizerFiles _files = new();

    [Fact]
    public void Without_a_config_a_vocabulary_is_lower_cased_and_stripped_as_in_Transformers()
    {
        var folder = Read(_files.With("vocab.txt", TokenizerFiles.Vocabulary));

        Assert.Equal(new TokenizerOptions { LowerCase = true }, folder.Options);
        Assert.Null(folder.MaxLength);
        Assert.Equal([2, 7, 8, 3], folder.Create().IdsOf("AÁ"));
    }

    [Fact]
    public void The_config_says_how_a_vocabulary_is_used()
    {
        var config = TokenizerFiles.Config();
        config["tokenize_chinese_chars"] = false;

        var folder = Read(_files.With("vocab.txt", TokenizerFiles.Vocabulary).With("tokenizer_config.json", config));

        Assert.Equal(new TokenizerOptions { SeparateIdeographs = false }, folder.Options);
        Assert.Equal(512, folder.MaxLength);
        Assert.Equal([2, 7, 11, 3], folder.Create().IdsOf("a金"));
    }

    [Fact]
    public void Accents_can_be_kept_in_lower_case()
    {
        var config = TokenizerFiles.Config();
        (config["do_lower_case"], config["strip_accents"]) = (true, false);

        var folder = Read(_files.With("vocab.txt", TokenizerFiles.Vocabulary).With("tokenizer_config.json", config));

        Assert.Equal([2, 9, 3], folder.Create().IdsOf("É"));
    }

    [Fact]
    public void KB_ALBERTs_own_class_means_its_own_tokenizer()
    {
        var folder = Read(_files.With("vocab.txt", TokenizerFiles.Vocabulary)
            .With("tokenizer_config.json", """{ "tokenizer_class": "KbAlbertCharTokenizer", "do_lower_case": true }"""));

        Assert.Equal(TokenizerKind.KbCharV1, folder.Options.Kind);
        Assert.Equal([2, 5, 6, 1, 3], folder.Create().IdsOf("가나,"));
    }

    [Fact]
    public void A_folder_that_does_not_tell_is_read_as_the_caller_says()
    {
        _files.With("vocab.txt", TokenizerFiles.Vocabulary);

        Assert.IsType<KbCharTokenizer>(TokenizerFolder.Read(_files.Folder, TokenizerKind.KbCharV1).Create());
    }

    [Fact]
    public void A_tokenizer_json_alone_is_enough()
    {
        var json = TokenizerFiles.Json();
        json["normalizer"]!["lowercase"] = true;

        var folder = Read(_files.With("tokenizer.json", json));

        Assert.Equal(new TokenizerOptions { LowerCase = true }, folder.Options);
        Assert.Equal([2, 7, 4, 7, 3], folder.Create().IdsOf("A[MASK]a"));
    }

    [Fact]
    public void Berts_config_holds_over_its_tokenizer_json()
    {
        _files.With("tokenizer.json", TokenizerFiles.Json());

        Assert.True(Read(_files.With("tokenizer_config.json", """{ "tokenizer_class": "BertTokenizerFast" }""")).Options.LowerCase);
        Assert.True(Read(_files.With("tokenizer_config.json", """{ "do_lower_case": true }""")).Options.LowerCase);
        Assert.False(Read(_files.With("tokenizer_config.json", """{ "tokenizer_class": "PreTrainedTokenizerFast" }""")).Options.LowerCase);
    }

    [Fact]
    public void A_caller_chooses_whether_special_tokens_in_a_text_count()
    {
        var folder = Read(_files.With("tokenizer.json", TokenizerFiles.Json()));

        Assert.Equal([2, 4, 3], folder.Create().IdsOf("[MASK]"));
        Assert.Equal([2, 1, 1, 1, 3], folder.Create(SpecialTokensInText.StayText).IdsOf("[MASK]"));
    }

    [Theory]
    [InlineData("model.type", "\"BPE\"", "tokenizer.json: model: type is 'BPE', only 'WordPiece' is read.")]
    [InlineData("model.type", "\"Unigram\"", "tokenizer.json: model: type is 'Unigram', only 'WordPiece' is read.")]
    [InlineData("model.type", "null", "tokenizer.json: model: type is missing, only 'WordPiece' is read.")]
    [InlineData("model", "null", "tokenizer.json: model is missing.")]
    [InlineData("model.vocab", "[]", "tokenizer.json: model: vocab is no object.")]
    [InlineData("model.vocab.a", "99", "tokenizer.json: model: vocab gives 'a' no id from 0 to 11.")]
    [InlineData("model.vocab.a", "-1", "tokenizer.json: model: vocab gives 'a' no id from 0 to 11.")]
    [InlineData("model.vocab.a", "5", "tokenizer.json: model: vocab gives the id 5 to '가' and 'a'.")]
    [InlineData("model.unk_token", "\"<unk>\"", "tokenizer.json: model: unk_token is '<unk>', only '[UNK]' is read.")]
    [InlineData("model.continuing_subword_prefix", "\"_\"", "tokenizer.json: model: continuing_subword_prefix is '_', only '##' is read.")]
    [InlineData("model.max_input_chars_per_word", "200", "tokenizer.json: model: max_input_chars_per_word is 200, only 100 is read.")]
    [InlineData("normalizer.type", "\"NFC\"", "tokenizer.json: normalizer: type is 'NFC', only 'BertNormalizer' is read.")]
    [InlineData("normalizer.clean_text", "false", "tokenizer.json: normalizer: clean_text is false, only true is read.")]
    [InlineData("normalizer.lowercase", "1", "tokenizer.json: normalizer: lowercase is neither true nor false.")]
    [InlineData("pre_tokenizer.type", "\"Metaspace\"", "tokenizer.json: pre_tokenizer: type is 'Metaspace', only 'BertPreTokenizer' is read.")]
    [InlineData("post_processor", "null", "tokenizer.json: post_processor is missing.")]
    [InlineData("post_processor.single", "[]", "tokenizer.json: post_processor: single is not BERT's.")]
    [InlineData("added_tokens.0.id", "7", "tokenizer.json: added_tokens give [PAD] the id 7, the vocabulary 0.")]
    [InlineData("added_tokens.0.lstrip", "true", "tokenizer.json: added_tokens have [PAD] with lstrip, which is not read.")]
    [InlineData("added_tokens.0.content", "\"[X]\"", "tokenizer.json adds the token '[X]', only [UNK] [SEP] [PAD] [CLS] [MASK] are read.")]
    public void Another_kind_of_tokenizer_json_is_refused_by_name(string path, string value, string message) =>
        AssertRefused(_files.With("tokenizer.json", Changed(TokenizerFiles.Json(), path, value)), message);

    [Theory]
    [InlineData("tokenizer_class", "\"XLMRobertaTokenizer\"", "tokenizer_config.json: tokenizer_class is 'XLMRobertaTokenizer', which is none of BertTokenizer, ElectraTokenizer, DistilBertTokenizer, MobileBertTokenizer, ConvBertTokenizer, KbAlbertCharTokenizer, and there is no tokenizer.json.")]
    [InlineData("do_lower_case", "\"yes\"", "tokenizer_config.json: do_lower_case is neither true nor false.")]
    [InlineData("cls_token", "\"<s>\"", "tokenizer_config.json: cls_token is '<s>', only '[CLS]' is read.")]
    [InlineData("mask_token.content", "\"<mask>\"", "tokenizer_config.json: mask_token is '<mask>', only '[MASK]' is read.")]
    [InlineData("pad_token", "7", "tokenizer_config.json: pad_token is no token.")]
    [InlineData("additional_special_tokens", "[\"[E1]\"]", "tokenizer_config.json adds the token '[E1]', only [UNK] [SEP] [PAD] [CLS] [MASK] are read.")]
    [InlineData("added_tokens_decoder.0.content", "\"[E1]\"", "tokenizer_config.json adds the token '[E1]', only [UNK] [SEP] [PAD] [CLS] [MASK] are read.")]
    public void A_config_that_asks_for_something_else_is_refused(string path, string value, string message) => AssertRefused(
        _files.With("vocab.txt", TokenizerFiles.Vocabulary).With("tokenizer_config.json", Changed(TokenizerFiles.Config(), path, value)),
        message);

    [Theory]
    [InlineData("tokenizer_config.json", "{", "tokenizer_config.json is no JSON")]
    [InlineData("tokenizer_config.json", "[]", "tokenizer_config.json is no object.")]
    [InlineData("tokenizer_config.json", "{\"tokenizer_class\":\"\\ud800\"}", "tokenizer_config.json holds a string that is no Unicode text.")]
    [InlineData("added_tokens.json", "{\"[E1]\":9}", "added_tokens.json adds the token '[E1]'")]
    [InlineData("special_tokens_map.json", "{\"sep_token\":\"</s>\"}", "special_tokens_map.json: sep_token is '</s>', only '[SEP]' is read.")]
    public void Damaged_files_and_files_that_add_tokens_are_refused(string name, string content, string message) =>
        AssertRefused(_files.With("vocab.txt", TokenizerFiles.Vocabulary).With(name, content), message);

    [Fact]
    public void A_vocabulary_that_is_not_UTF8_is_refused() =>
        AssertRefused(_files.With("vocab.txt", [0x61, 0x0a, 0xff]), "vocab.txt: The vocabulary is not UTF-8 at token 1.");

    [Fact]
    public void A_folder_without_a_vocabulary_says_what_it_lacks() =>
        AssertRefused(_files.With("tokenizer_config.json", TokenizerFiles.Config()), "holds neither vocab.txt nor tokenizer.json.");

    [Fact]
    public void What_is_no_folder_is_said_to_be_none() => Assert.EndsWith(
        "is no folder.", Assert.Throws<TokenizerException>(() => TokenizerFolder.Read("/nowhere/at/all")).Message, StringComparison.Ordinal);

    [Fact]
    public void What_Transformers_5_saved_gives_the_ids_that_it_gives()
    {
        var path = SharedData.Require("golden", "pipeline");
        var folder = TokenizerFolder.Read(path);

        Assert.Equal(new TokenizerOptions(), folder.Options);
        Assert.Equal(Vocabulary.Load(Path.Combine(path, "vocab.txt")).Tokens, folder.Vocabulary.Tokens);
        var encoder = new SequenceEncoder(folder.Create());
        foreach (var line in SharedData.StreamLines("golden", "pipeline", "golden.jsonl"))
        {
            using var json = JsonDocument.Parse(line);
            var text = json.RootElement.GetProperty("text").GetString()!;
            var sequence = encoder.Encode(text, options: new SequenceOptions { Truncation = Truncation.LongestFirst });
            Assert.Equal(json.RootElement.GetProperty("tokens").GetInt32(), sequence.Ids.Length);
        }
    }

    public void Dispose() => _files.Dispose();

    private static TokenizerFolder Read(TokenizerFiles files) => TokenizerFolder.Read(files.Folder);

    private static void AssertRefused(TokenizerFiles files, string message) =>
        Assert.Contains(message, Assert.Throws<TokenizerException>(() => Read(files)).Message, StringComparison.Ordinal);

    private static JsonNode Changed(JsonNode json, string path, string value)
    {
        var parts = path.Split('.');
        var at = parts[..^1].Aggregate(json, (node, part) => node is JsonArray ? node[int.Parse(part, CultureInfo.InvariantCulture)]! : node[part]!);
        at[parts[^1]] = JsonNode.Parse(value);
        return json;
    }
}
