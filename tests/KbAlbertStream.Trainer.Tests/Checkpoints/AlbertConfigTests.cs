using System.Text;
using System.Text.Json.Nodes;
using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Tests.Support;

namespace KbAlbertStream.Trainer.Tests.Checkpoints;

public sealed class AlbertConfigTests
{
    [Fact]
    public void Every_field_is_read()
    {
        var config = Parse(FormulaFolder.SmallConfig);

        Assert.Equal((40, 8, 16, 24), (config.Shape.VocabSize, config.Shape.EmbeddingSize, config.Shape.HiddenSize, config.Shape.IntermediateSize));
        Assert.Equal((3, 2, 2, 4), (config.Shape.Layers, config.Shape.Groups, config.Shape.LayersPerGroup, config.Shape.AttentionHeads));
        Assert.Equal((24, 2, 1e-12, "gelu_new"), (config.Shape.MaxPositions, config.Shape.TokenTypes, config.Shape.LayerNormEpsilon, config.Shape.Activation));
        Assert.Equal((0.0, 0.0, 0.1), (config.HiddenDropout, config.AttentionDropout, config.ClassifierDropout));
        Assert.Equal(["negative", "neutral", "positive"], config.Labels);
        Assert.Empty(config.MissingFields);
        Assert.Empty(config.UnknownFields);
    }

    [Fact]
    public void Missing_and_unknown_fields_are_named()
    {
        var json = JsonNode.Parse(FormulaFolder.SmallConfig)!.AsObject();
        json.Remove("hidden_act");
        json.Remove("classifier_dropout_prob");
        json["rotary"] = true;

        var config = Parse(json.ToJsonString());

        Assert.Equal(["hidden_act = gelu_new", "classifier_dropout_prob = 0.1"], config.MissingFields);
        Assert.Equal(["rotary"], config.UnknownFields);
    }

    [Fact]
    public void An_empty_configuration_is_the_one_that_Transformers_assumes()
    {
        var config = Parse("{}");

        Assert.Equal((30000, 128, 4096, 16384, 64), (config.Shape.VocabSize, config.Shape.EmbeddingSize, config.Shape.HiddenSize, config.Shape.IntermediateSize, config.Shape.AttentionHeads));
        Assert.Equal((12, 1, 1, 512), (config.Shape.Layers, config.Shape.Groups, config.Shape.LayersPerGroup, config.Shape.MaxPositions));
        Assert.Equal(["LABEL_0", "LABEL_1"], config.Labels);
        Assert.Equal(15, config.MissingFields.Length);
    }

    [Theory]
    [InlineData("model_type", "\"bert\"", "a model of type bert, not an albert")]
    [InlineData("hidden_act", "\"swish\"", "hidden_act is swish; gelu, gelu_python")]
    [InlineData("hidden_size", "0", "hidden_size is 0, a whole number from 1")]
    [InlineData("hidden_size", "1e9", "hidden_size is 1e9, a whole number from 1")]
    [InlineData("hidden_size", "\"16\"", "hidden_size is \"16\", a whole number from 1")]
    [InlineData("hidden_size", "15", "hidden_size 15 is no multiple of num_attention_heads 4")]
    [InlineData("num_hidden_groups", "4", "num_hidden_groups 4 exceeds num_hidden_layers 3")]
    [InlineData("hidden_dropout_prob", "1", "hidden_dropout_prob is 1, a number from 0 to below 1")]
    [InlineData("hidden_act", "[]", "hidden_act is [], a text is needed")]
    [InlineData("id2label", "{\"0\":\"a\",\"2\":\"b\"}", "id2label has 2 labels, but none for 1")]
    [InlineData("id2label", "{\"0\":7}", "id2label 0 is no text")]
    [InlineData("id2label", "[\"a\"]", "id2label is [\"a\"], an object is needed")]
    [InlineData("position_embedding_type", "\"relative_key\"", "position_embedding_type is relative_key")]
    public void A_field_that_cannot_be_meant_is_refused(string field, string value, string reason)
    {
        var error = Assert.Throws<CheckpointException>(() => Parse(SmallModel.Config(field, JsonNode.Parse(value))));

        Assert.StartsWith("config.json: " + reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"hidden_act\":\"\\ud800\"}")]
    [InlineData("{")]
    public void What_is_no_configuration_is_refused(string json) =>
        Assert.Throws<CheckpointException>(() => Parse(json));

    [Fact]
    public void What_is_written_is_read_again()
    {
        var config = Parse(FormulaFolder.SmallConfig);

        var written = AlbertConfigWriter.Write(config, "AlbertForSequenceClassification");

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(written),
            JsonNode.Parse(SmallModel.Config("tie_word_embeddings", true).Insert(1, "\"dtype\":\"float32\","))));
    }

    private static AlbertConfig Parse(string json) => AlbertConfigReader.Parse("config.json", Encoding.UTF8.GetBytes(json));
}
