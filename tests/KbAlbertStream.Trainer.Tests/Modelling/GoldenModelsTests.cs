using System.Text.Json;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Modelling;

public sealed class GoldenModelsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly IDisposable _noGrad = no_grad();

    [Theory]
    [InlineData("tiny-gelu")]
    [InlineData("tiny-gelu-new")]
    [InlineData("tiny-relu")]
    [InlineData("tiny-groups")]
    [InlineData("tiny-inner")]
    [InlineData("tiny-unshared")]
    public void A_model_computes_what_Transformers_computes_whichever_side_is_padded(string name)
    {
        var golden = GoldenFiles.Json(name, "golden.json");
        using var model = AlbertModel.FromPretrained(GoldenFiles.PathOf(name));
        using var classifier = AlbertForSequenceClassification.FromPretrained(GoldenFiles.PathOf(name));

        foreach (var side in (string[])["", "left_padded_"])
        {
            var batch = GoldenFiles.Batch(golden.GetProperty($"{side}inputs"));
            var expected = golden.GetProperty($"{side}expected");
            var output = model.Forward(batch);

            GoldenFiles.AssertClose(expected.GetProperty("logits"), classifier.Forward(batch));
            GoldenFiles.AssertClose(expected.GetProperty("pooler_output"), output.PoolerOutput);
            GoldenFiles.AssertClose(expected.GetProperty("last_hidden_state"), output.LastHiddenState);
            GoldenFiles.AssertClose(expected.GetProperty("hidden_states"), stack(output.HiddenStates));
        }

        Assert.Equal(["classifier.bias", "classifier.weight"], model.Report!.Skipped);
        Assert.Empty(classifier.Report!.Skipped.Concat(classifier.Report.Initialised).Concat(model.Report.Initialised));
    }

    [Fact]
    public void Masked_words_and_sentence_order_are_those_of_Transformers()
    {
        var golden = GoldenFiles.Json("pretraining", "golden.json");
        var batch = GoldenFiles.Batch(golden.GetProperty("inputs"));
        using var model = AlbertForPreTraining.FromPretrained(GoldenFiles.PathOf("pretraining"));
        using var words = AlbertForMaskedLM.FromPretrained(GoldenFiles.PathOf("pretraining"));

        var (wordLogits, orderLogits) = model.Forward(batch);

        GoldenFiles.AssertClose(golden.GetProperty("prediction_logits"), wordLogits);
        GoldenFiles.AssertClose(golden.GetProperty("prediction_logits"), words.Forward(batch));
        GoldenFiles.AssertClose(golden.GetProperty("sop_logits"), orderLogits);
        var loss = AlbertForPreTraining.Loss(
            wordLogits,
            orderLogits,
            tensor(golden.GetProperty("mlm_labels").Deserialize<long[][]>()!.SelectMany(row => row).ToArray()),
            tensor(golden.GetProperty("sop_labels").Deserialize<long[]>()!));
        Assert.Equal(golden.GetProperty("loss").GetDouble(), loss.ToDouble(), 1e-5);
        Assert.Empty(model.Report!.Skipped);
        Assert.Empty(model.Report.Initialised);
    }

    [Theory]
    [InlineData("kb-albert-char-v2-shape")]
    [InlineData("kb-albert-char-v1-shape")]
    public void A_model_of_KB_ALBERTs_size_computes_what_Transformers_computes(string name)
    {
        var golden = GoldenFiles.Json("base-shape.json").GetProperty(name);
        using var folder = new TemporaryFolder();
        FormulaFolder.Write(folder.Path, golden.GetProperty("config").GetRawText(), scale: 0.0625);
        using var model = AlbertModel.FromPretrained(folder.Path);
        using var classifier = AlbertForSequenceClassification.FromPretrained(folder.Path);

        foreach (var (key, tensor) in golden.GetProperty("tensors").EnumerateObject().Select(t => (t.Name, t.Value)))
        {
            var weight = classifier.Weights.ByName[key];
            Assert.Equal(tensor.GetProperty("shape").Deserialize<long[]>(), weight.shape);
            Assert.Equal(tensor.GetProperty("first_4").Deserialize<float[]>(), weight.reshape(-1)[..(int)Math.Min(4, weight.numel())].data<float>());
        }

        foreach (var one in golden.GetProperty("cases").EnumerateArray())
        {
            using var scope = NewDisposeScope();
            var ids = one.GetProperty("input_ids").Deserialize<int[]>()!;
            var batch = TokenBatch.Of([ids], [[.. ids.Select(_ => 1)]], [one.GetProperty("token_type_ids").Deserialize<int[]>()!]);
            var output = model.Forward(batch);

            GoldenFiles.AssertClose(one.GetProperty("logits"), classifier.Forward(batch)[0]);
            GoldenFiles.AssertClose(one.GetProperty("pooler_first_16"), output.PoolerOutput[0, ..16]);
            GoldenFiles.AssertClose(one.GetProperty("cls_first_16"), output.LastHiddenState[0, 0, ..16]);
            GoldenFiles.AssertClose(one.GetProperty("last_token_first_16"), output.LastHiddenState[0, -1, ..16]);
            Assert.Equal(one.GetProperty("pooler_abs_sum").GetDouble(), output.PoolerOutput.abs().sum().ToDouble(), 1e-2);
        }
    }

    public void Dispose()
    {
        _noGrad.Dispose();
        _scope.Dispose();
    }
}
