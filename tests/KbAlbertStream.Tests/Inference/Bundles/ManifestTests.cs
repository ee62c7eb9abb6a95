using System.Text;
using System.Text.Json.Nodes;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Inference.Bundles;

public sealed class ManifestTests(FormulaBundleFixture bundle) : IClassFixture<FormulaBundleFixture>
{
    [Fact]
    public void What_the_writer_writes_the_reader_reads_back()
    {
        var bytes = File.ReadAllBytes(Path.Combine(BundleLocator.Resolve(bundle.Folder), "manifest.json"));

        var manifest = ManifestReader.Read(bytes, out var errors);

        Assert.Empty(errors);
        Assert.Equal("demo/formula", manifest!.Id);
        Assert.Equal(FormulaBundle.Shape, manifest.Encoder);
        Assert.Equal(FormulaBundle.Heads[1].Labels, manifest.Heads[1].Labels);
        Assert.Equal(FormulaBundle.Heads[1].Thresholds, manifest.Heads[1].Thresholds);
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(ManifestWriter.Write(manifest)));
    }

    [Theory]
    [InlineData("max_length", "257", "max_length is 257, between 4 and the encoder's 256 positions is needed")]
    [InlineData("format", "2", "format is 2, this version reads 1")]
    [InlineData("tokenizer.kind", "\"bpe\"", "tokenizer.kind is not \"wordpiece\" or \"kb-char-v1\"")]
    [InlineData("tokenizer", """{ "kind": "kb-char-v1", "special_tokens_in_text": "text", "do_lower_case": true }""", "tokenizer.kind kb-char-v1 has none of wordpiece's options")]
    [InlineData("tokenizer.strip_accents", "null", "tokenizer.strip_accents is not true or false")]
    [InlineData("tokenizer.special_tokens_in_text", "true", "tokenizer.special_tokens_in_text is not \"ids\" or \"text\"")]
    [InlineData("encoder.embedding_size", "0", "EmbeddingSize is 0, at least 1 is needed")]
    [InlineData("encoder.attention_heads", "5", "HiddenSize 32 is no multiple of AttentionHeads 5")]
    [InlineData("encoder.activation", "\"swish\"", "encoder.activation is not \"gelu\" or \"gelu_new\" or \"relu\"")]
    [InlineData("heads.1.temperature", "0", "head reputation has temperature 0, it must be positive")]
    [InlineData("heads.1.thresholds.sanction", "1.5", "head reputation has a threshold that is not between 0 and 1")]
    [InlineData("heads.0.thresholds", "{}", "heads[0].thresholds is not known")]
    [InlineData("heads.1.name", "\"sentiment\"", "there is no head, or two have the same name")]
    [InlineData("name", "\"../x\"", "'../x' is no name for a folder: letters, digits, '.', '_' and '-' are")]
    [InlineData("extra", "1", "extra is not known")]
    [InlineData("training_data_sha256", "\"ABC\"", "training_data_sha256 is not 64 lower-case hex digits")]
    public void A_fault_is_named(string path, string value, string error)
    {
        Assert.Null(ManifestReader.Read(Changed(path, value), out var errors));
        Assert.Equal([error], errors);
    }

    [Theory]
    [InlineData("""{ "kind": "wordpiece", "special_tokens_in_text": "text" }""", TokenizerKind.WordPiece, false, null, true)]
    [InlineData("""{ "kind": "kb-char-v1", "special_tokens_in_text": "text" }""", TokenizerKind.KbCharV1, false, null, true)]
    [InlineData(
        """{ "kind": "wordpiece", "special_tokens_in_text": "text", "do_lower_case": true, "strip_accents": false, "tokenize_chinese_chars": false }""",
        TokenizerKind.WordPiece, true, false, false)]
    public void A_tokenizer_is_read_back_as_it_was_written(string json, TokenizerKind kind, bool lowers, bool? strips, bool separates)
    {
        var manifest = ManifestReader.Read(Changed("tokenizer", json), out _)!;

        Assert.Equal(
            new TokenizerOptions
            {
                Kind = kind,
                LowerCase = lowers,
                StripAccents = strips,
                SeparateIdeographs = separates,
                SpecialTokens = SpecialTokensInText.StayText,
            },
            manifest.Tokenizer);
        Assert.Equal(manifest.Tokenizer, ManifestReader.Read(ManifestWriter.Write(manifest), out _)!.Tokenizer);
    }

    [Fact]
    public void All_faults_are_listed_at_once()
    {
        var json = JsonNode.Parse(ManifestBytes())!;
        json.AsObject().Remove("label_set_version");
        json["max_length"] = "256";
        json["heads"]![0]!["kind"] = "mean";
        json["heads"]![1]!["thresholds"]!.AsObject().Remove("labor");
        json["encoder"]!["hidden_size"] = 1.5;

        ManifestReader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), out var errors);

        Assert.Equal(
            [
                "max_length is not an integer", "encoder.hidden_size is not an integer",
                "heads[0].kind is not \"pooled\" or \"label-attention\"", "heads[1].thresholds.labor is missing",
                "label_set_version is missing",
            ],
            errors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    public void What_is_no_object_is_an_error_and_no_crash(string json)
    {
        Assert.Null(ManifestReader.Read(Encoding.UTF8.GetBytes(json), out var errors));
        Assert.NotEmpty(errors);
    }

    private byte[] Changed(string path, string value)
    {
        var json = JsonNode.Parse(ManifestBytes())!;
        var parts = path.Split('.');
        var at = parts[..^1].Aggregate(json, (node, part) => int.TryParse(part, out var i) ? node[i]! : node[part]!);
        at[parts[^1]] = JsonNode.Parse(value);
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private byte[] ManifestBytes() => File.ReadAllBytes(Path.Combine(BundleLocator.Resolve(bundle.Folder), "manifest.json"));
}
