using System.Text.Json;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Tests.Support;
using KbAlbertStream.Trainer.Training;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Training;

/// <summary>The trainer computes what PyTorch and Transformers compute: encoder, heads, losses, clipping, optimizer, schedule.</summary>
public sealed class GoldenTrainingTests
{
    private const double BeforeTolerance = 2e-5, AfterTolerance = 1e-2;

    [Fact]
    public void One_label_a_text_trains_as_in_Transformers()
    {
        using var run = new GoldenTraining("single-label.json");
        var shape = GoldenTraining.Head("classifier", 3, multiLabel: false);
        var head = new PooledHead(run.Weights, shape, run.Encoder.Shape.HiddenSize, "classifier");
        FormulaWeights.Fill(run.Weights);

        run.Run((step, batch, hidden) => HeadLoss.Of(
            shape,
            head.Logits(hidden, batch.Mask),
            HeadTargets.Of([.. run.Batch(step).GetProperty("labels").EnumerateArray().Select(label => OneHot(label, 3))]))!);

        GoldenTraining.AssertClose(run.Golden.GetProperty("probe_logits"), run.Probe(head), AfterTolerance);
    }

    [Fact]
    public void A_classifier_that_was_read_from_a_folder_trains_as_in_Transformers()
    {
        var golden = GoldenTraining.Read("single-label.json");
        using var model = AlbertForSequenceClassification.FromPretrained(GoldenFiles.PathOf("training", "start"));

        GoldenTraining.Run(golden, golden, model.Weights, (step, batch) => model.Loss(
            model.Forward(batch, training: true),
            tensor(golden.GetProperty("batches")[step].GetProperty("labels").Deserialize<long[]>()!)));

        using var noGrad = no_grad();
        using var logits = model.Forward(GoldenFiles.Batch(golden.GetProperty("probe")));
        GoldenFiles.AssertClose(golden.GetProperty("probe_logits"), logits, AfterTolerance);
        GoldenFiles.AssertClose(golden.GetProperty("trainer_probe_logits"), logits, AfterTolerance);
    }

    [Fact]
    public void Masked_words_and_sentence_order_train_as_in_Transformers()
    {
        var golden = GoldenTraining.Read("pretraining.json");
        using var folder = new TemporaryFolder();
        FormulaFolder.WritePretraining(
            folder.Path, File.ReadAllText(GoldenFiles.PathOf("training", "start", "config.json")), scale: 0.125);
        using var model = AlbertForPreTraining.FromPretrained(folder.Path);

        GoldenTraining.Run(golden, golden, model.Weights, (step, batch) =>
        {
            var labels = golden.GetProperty("batches")[step];
            var (words, order) = model.Forward(batch, training: true);
            return AlbertForPreTraining.Loss(
                words,
                order,
                tensor(labels.GetProperty("labels").Deserialize<long[][]>()!.SelectMany(row => row).ToArray()),
                tensor(labels.GetProperty("sentence_order_label").Deserialize<long[]>()!));
        });

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (words, order) = model.Forward(GoldenFiles.Batch(golden.GetProperty("probe")));
        GoldenFiles.AssertClose(golden.GetProperty("probe_prediction_logits_first_row"), words[0], AfterTolerance);
        GoldenFiles.AssertClose(golden.GetProperty("probe_sop_logits"), order, AfterTolerance);
    }

    [Fact]
    public void Several_labels_a_text_train_as_in_Transformers()
    {
        using var run = new GoldenTraining("multi-label.json");
        var shape = GoldenTraining.Head("classifier", 4, multiLabel: true);
        var head = new PooledHead(run.Weights, shape, run.Encoder.Shape.HiddenSize, "classifier");
        FormulaWeights.Fill(run.Weights);

        run.Run((step, batch, hidden) => HeadLoss.Of(
            shape, head.Logits(hidden, batch.Mask), HeadTargets.Of(run.Labels(step).Deserialize<float[][]>()!))!);

        GoldenTraining.AssertClose(run.Golden.GetProperty("probe_logits"), run.Probe(head), AfterTolerance);
    }

    [Fact]
    public void Three_heads_with_missing_labels_train_as_in_PyTorch()
    {
        using var run = new GoldenTraining("several-heads.json");
        var size = run.Encoder.Shape.HiddenSize;
        (PooledHead Head, double Weight)[] heads =
        [
            (new PooledHead(run.Weights, GoldenTraining.Head("sentiment", 3, multiLabel: false), size), 1.0),
            (new PooledHead(run.Weights, GoldenTraining.Head("reputation", 5, multiLabel: true), size), 0.5),
            (new PooledHead(run.Weights, GoldenTraining.Head("compliance", 4, multiLabel: true), size), 0.5),
        ];
        FormulaWeights.Fill(run.Weights);

        run.Run((step, batch, hidden) => Sum(heads.Select(head => WeightedLoss(
            head.Head, head.Weight, hidden, batch, run.Labels(step)))));

        foreach (var (head, _) in heads)
        {
            var golden = run.Golden.GetProperty("probe_logits").GetProperty(head.Shape.Name);
            GoldenTraining.AssertClose(golden, run.Probe(head), AfterTolerance);
        }
    }

    [Fact]
    public void Label_attention_is_the_golden_one_before_and_after_training()
    {
        using var run = new GoldenTraining("label-attention.json");
        var size = run.Encoder.Shape.HiddenSize;
        LabelAttentionHead[] heads =
        [
            new(run.Weights, GoldenTraining.Head("reputation", 5, multiLabel: true), size, startBias: -3),
            new(run.Weights, GoldenTraining.Head("compliance", 4, multiLabel: true), size, startBias: -3),
        ];
        FormulaWeights.Fill(run.Weights);
        using var labels = new GoldenTraining("several-heads.json");

        foreach (var head in heads)
        {
            var golden = run.Golden.GetProperty("probe_before").GetProperty(head.Shape.Name);
            GoldenTraining.AssertClose(golden.GetProperty("logits"), run.Probe(head), BeforeTolerance);
            GoldenTraining.AssertClose(
                golden.GetProperty("token_contributions_first_text"), run.ProbeContributions(head), BeforeTolerance);
        }

        run.Run((step, batch, hidden) => Sum(heads.Select(head => WeightedLoss(
            head, 1, hidden, batch, labels.Labels(step)))));

        foreach (var head in heads)
        {
            var golden = run.Golden.GetProperty("probe_logits").GetProperty(head.Shape.Name);
            GoldenTraining.AssertClose(golden, run.Probe(head), AfterTolerance);
        }
    }

    private static Tensor? WeightedLoss(
        IClassificationHead head, double weight, Tensor hidden, TokenBatch batch, JsonElement labels)
    {
        var targets = labels.EnumerateArray().Select(text => text.GetProperty(head.Shape.Name)).Select(label =>
            label.ValueKind == JsonValueKind.Null ? null
            : head.Shape.MultiLabel ? label.Deserialize<float[]>()
            : OneHot(label, head.Shape.Labels.Length));
        return HeadLoss.Of(head.Shape, head.Logits(hidden, batch.Mask), HeadTargets.Of([.. targets])) is { } loss
            ? loss * weight
            : null;
    }

    private static Tensor Sum(IEnumerable<Tensor?> losses) => losses.OfType<Tensor>().Aggregate((a, b) => a + b);

    private static float[] OneHot(JsonElement label, int labels)
    {
        var targets = new float[labels];
        targets[label.GetInt32()] = 1;
        return targets;
    }
}
