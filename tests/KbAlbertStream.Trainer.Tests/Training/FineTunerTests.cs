using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Tests.Support;
using KbAlbertStream.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Training;

public sealed class FineTunerTests : IDisposable
{
    private static readonly FineTuningOptions Options = new() { Epochs = 3, BatchTokens = 64, LearningRate = 5e-3 };
    private readonly string _folder = Directory.CreateTempSubdirectory("kbas-train-").FullName;

    [Fact]
    public void A_run_that_was_stopped_in_its_second_epoch_and_resumed_gives_the_weights_of_one_that_was_not()
    {
        using var whole = Model();
        Tuner(whole).Run(Path.Combine(_folder, "whole"), _ => { }, _ => { }, CancellationToken.None);

        using (var stopped = Model())
        {
            using var stop = new CancellationTokenSource();
            Tuner(stopped).Run(Path.Combine(_folder, "parts"), report => StopIn(report, stop), _ => { }, stop.Token);
        }

        using var resumed = Model();
        Tuner(resumed).Run(Path.Combine(_folder, "parts"), _ => { }, _ => { }, CancellationToken.None);

        foreach (var (name, weight) in whole.Weights.ByName)
        {
            Assert.Equal(weight.data<float>().ToArray(), resumed.Weights.ByName[name].data<float>().ToArray());
        }
    }

    [Fact]
    public void A_head_without_labels_on_any_text_keeps_its_logit_biases()
    {
        using var model = Model();

        Tuner(model).Run(Path.Combine(_folder, "model"), _ => { }, _ => { }, CancellationToken.None);

        // Texts carry no compliance targets; biases are not decayed, so without a gradient they stay where they began.
        Assert.All(model.Weights.ByName["heads.compliance.bias"].data<float>().ToArray(), bias => Assert.Equal(-3, bias));
        Assert.Contains(model.Weights.ByName["heads.reputation.bias"].data<float>().ToArray(), bias => bias != -3);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static FineTuner Tuner(RiskModel model) =>
        new(Options, Epoch, new TextEncoder(TinyTexts.Vocabulary), model);

    private static RiskModel Model() => new(
        new WeightSet(ScalarType.Float32, seed: 3),
        TinyTexts.Shape,
        [ModelDefaults.Sentiment, new HeadShape("reputation", ["a", "b"], true), new HeadShape("compliance", ["c"], true)]);

    private static List<LabelledText> Epoch(int epoch)
    {
        var random = new Random(epoch);
        return
        [
            .. Enumerable.Range(0, 30).Select(i => new LabelledText(
                "", string.Join(' ', Enumerable.Range(0, random.Next(2, 10)).Select(_ => $"t{5 + random.Next(40)}")), "",
                [i % 3 == 0 ? null : [1, 0, 0], i % 2 == 0 ? [1, 0] : [0, 1], null])),
        ];
    }

    private static void StopIn(FineTuningReport report, CancellationTokenSource stop)
    {
        if (report is { Epoch: 1, Batch: 1 })
        {
            stop.Cancel();
        }
    }
}
