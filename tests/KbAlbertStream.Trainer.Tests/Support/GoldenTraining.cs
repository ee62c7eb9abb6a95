using System.Text.Json;
using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Support;

/// <summary>
/// Repeats a golden training run of Transformers: its start weights, batches, optimizer and schedule, with heads and
/// losses of ours.
/// </summary>
internal sealed class GoldenTraining : IDisposable
{
    private readonly JsonElement _inputs = Read("single-label.json");
    private readonly JsonElement _golden;

    public GoldenTraining(string file)
    {
        var shape = AlbertConfigReader.Read(SharedData.Require("golden", "models", "training", "start", "config.json")).Shape;
        _golden = Read(file);
        Weights = new WeightSet(ScalarType.Float32, seed: 1);
        Encoder = new AlbertEncoder(Weights, shape);
    }

    public WeightSet Weights { get; }

    public AlbertEncoder Encoder { get; }

    /// <summary>What the golden file holds.</summary>
    public JsonElement Golden => _golden;

    /// <summary>Entry <paramref name="index"/> of the batches that all files share.</summary>
    public JsonElement Batch(int index) => _inputs.GetProperty("batches")[index];

    /// <summary>Labels of the batch in the file that was named.</summary>
    public JsonElement Labels(int index) => _golden.GetProperty("labels")[index];

    public static HeadShape Head(string name, int labels, bool multiLabel) =>
        new(name, [.. Enumerable.Range(0, labels).Select(label => $"LABEL_{label}")], multiLabel);

    /// <summary>Logits of a head on the probe texts.</summary>
    public float[][] Probe(IClassificationHead head)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var batch = Tokens(_inputs.GetProperty("probe"));
        return Rows(head.Logits(Encoder.Forward(batch), batch.Mask));
    }

    /// <summary>What each token of the first probe text adds to each label.</summary>
    public float[][] ProbeContributions(LabelAttentionHead head)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var batch = Tokens(_inputs.GetProperty("probe"));
        return Rows(head.Contributions(Encoder.Forward(batch), batch.Mask)[0]);
    }

    /// <summary>Trains and compares every loss, gradient norm and learning rate with the golden ones.</summary>
    /// <param name="loss">The loss of batch <c>index</c> from the hidden states.</param>
    public void Run(Func<int, TokenBatch, Tensor, Tensor> loss) =>
        Run(_golden, _inputs, Weights, (step, batch) => loss(step, batch, Encoder.Forward(batch)));

    /// <summary>The same for any weights and any loss.</summary>
    public static void Run(JsonElement golden, JsonElement inputs, WeightSet weights, Func<int, TokenBatch, Tensor> loss)
    {
        var hyper = golden.GetProperty("hyperparameters");
        var (steps, warmUp) = (hyper.GetProperty("steps").GetInt32(), hyper.GetProperty("warmup_steps").GetInt32());
        using var optimizer = new AdamW(weights.ByName, new AdamWOptions(WeightDecay: hyper.GetProperty("weight_decay").GetDouble()));
        Assert.Equal(steps, golden.GetProperty("log").GetArrayLength());
        foreach (var (step, log) in golden.GetProperty("log").EnumerateArray().Index())
        {
            using var scope = NewDisposeScope();
            var value = loss(step, Tokens(inputs.GetProperty("batches")[step]));
            value.backward();
            var norm = optimizer.ClipGradients(hyper.GetProperty("max_grad_norm").GetDouble());
            var rate = LearningRate.OfStep(step, warmUp, steps, hyper.GetProperty("learning_rate").GetDouble());
            optimizer.Step(rate);

            Assert.Equal(log.GetProperty("loss").GetDouble(), value.ToDouble(), step < 5 ? 1e-4 : 1e-3);
            Assert.Equal(1, norm / log.GetProperty("grad_norm").GetDouble(), 1e-3);
            Assert.Equal(log.GetProperty("lr").GetDouble(), rate);
        }
    }

    public static void AssertClose(JsonElement expected, float[][] actual, double tolerance)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Length);
        for (var row = 0; row < actual.Length; row++)
        {
            Assert.Equal(expected[row].GetArrayLength(), actual[row].Length);
            for (var column = 0; column < actual[row].Length; column++)
            {
                Assert.Equal(expected[row][column].GetDouble(), actual[row][column], tolerance);
            }
        }
    }

    public void Dispose() => Weights.Dispose();

    /// <summary>A golden file of the training folder.</summary>
    public static JsonElement Read(string file) => GoldenFiles.Json("training", file);

    private static float[][] Rows(Tensor matrix) =>
        [.. matrix.contiguous().data<float>().ToArray().Chunk((int)matrix.shape[^1])];

    private static TokenBatch Tokens(JsonElement batch) => GoldenFiles.Batch(batch);
}
