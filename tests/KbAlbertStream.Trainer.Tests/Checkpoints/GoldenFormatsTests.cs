using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Checkpoints;

public sealed class GoldenFormatsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly IDisposable _noGrad = no_grad();

    [Theory]
    [InlineData("zip", "fp32")]
    [InlineData("legacy", "fp32")]
    [InlineData("protocol4", "fp32")]
    [InlineData("plain-dict", "fp32")]
    [InlineData("parameters", "fp32")]
    [InlineData("views", "fp32")]
    [InlineData("fp64", "fp32")]
    [InlineData("fp16", "fp16")]
    [InlineData("bf16", "bf16")]
    [InlineData("safetensors-fp16", "fp16")]
    [InlineData("safetensors-bf16", "bf16")]
    [InlineData("safetensors-sharded", "fp32")]
    public void Every_form_gives_the_logits_of_Transformers(string form, string expected)
    {
        var golden = GoldenFiles.Json("formats", "golden.json");
        var batch = GoldenFiles.Batch(golden.GetProperty("inputs"));
        using var model = AlbertModel.FromPretrained(GoldenFiles.PathOf("formats", form));
        using var classifier = AlbertForSequenceClassification.FromPretrained(GoldenFiles.PathOf("formats", form));

        GoldenFiles.AssertClose(golden.GetProperty(expected).GetProperty("logits"), classifier.Forward(batch));
        GoldenFiles.AssertClose(golden.GetProperty(expected).GetProperty("pooler_output"), model.Forward(batch).PoolerOutput);
        Assert.Empty(classifier.Report!.Initialised.Concat(classifier.Report.Skipped));
    }

    [Fact]
    public void Names_without_the_prefix_are_those_of_the_encoder()
    {
        var golden = GoldenFiles.Json("formats", "golden.json");
        var batch = GoldenFiles.Batch(golden.GetProperty("inputs"));
        using var model = AlbertModel.FromPretrained(GoldenFiles.PathOf("formats", "no-prefix"));
        using var classifier = AlbertForSequenceClassification.FromPretrained(GoldenFiles.PathOf("formats", "no-prefix"));

        GoldenFiles.AssertClose(golden.GetProperty("fp32").GetProperty("pooler_output"), model.Forward(batch).PoolerOutput);
        Assert.Empty(model.Report!.Initialised.Concat(model.Report.Skipped));
        Assert.Equal(["classifier.weight", "classifier.bias"], classifier.Report!.Initialised);
    }

    [Fact]
    public void What_a_classifier_does_not_need_of_a_pretraining_file_is_named_and_skipped()
    {
        var golden = GoldenFiles.Json("formats", "golden.json");
        var batch = GoldenFiles.Batch(golden.GetProperty("inputs"));
        using var model = AlbertModel.FromPretrained(GoldenFiles.PathOf("formats", "pretraining-legacy"));
        using var classifier = AlbertForSequenceClassification.FromPretrained(GoldenFiles.PathOf("formats", "pretraining-legacy"));
        using var pretraining = AlbertForPreTraining.FromPretrained(GoldenFiles.PathOf("formats", "pretraining-legacy"));

        GoldenFiles.AssertClose(golden.GetProperty("fp32").GetProperty("pooler_output"), model.Forward(batch).PoolerOutput);
        Assert.Equal(["classifier.weight", "classifier.bias"], classifier.Report!.Initialised);
        Assert.Equal(
            [
                "albert.embeddings.position_ids", "predictions.LayerNorm.bias", "predictions.LayerNorm.weight",
                "predictions.bias", "predictions.decoder.bias", "predictions.decoder.weight", "predictions.dense.bias",
                "predictions.dense.weight", "sop_classifier.classifier.bias", "sop_classifier.classifier.weight",
            ],
            classifier.Report.Skipped);
        Assert.Empty(pretraining.Report!.Initialised);
        Assert.Equal(
            ["albert.embeddings.position_ids", "predictions.decoder.bias", "predictions.decoder.weight"],
            pretraining.Report.Skipped);
    }

    public void Dispose()
    {
        _noGrad.Dispose();
        _scope.Dispose();
    }
}
