using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Tests.Support;
using KbAlbertStream.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Training;

public sealed class PretrainerTests : IDisposable
{
    private const int Steps = 30;
    private readonly string _folder = Directory.CreateTempSubdirectory("kbas-pretrain-").FullName;

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public void A_run_that_was_stopped_and_resumed_gives_the_weights_of_one_that_was_not(int stopAfter)
    {
        var whole = Train("whole", []);

        var resumed = Train("resumed", [stopAfter]);

        foreach (var (name, values) in whole)
        {
            Assert.Equal(values, resumed[name]);
        }
    }

    [Fact]
    public void Another_seed_gives_other_weights() =>
        Assert.NotEqual(Train("one", [])["predictions.dense.weight"], Train("two", [], seed: 2)["predictions.dense.weight"]);

    [Fact]
    public void Training_lowers_the_loss_and_leaves_no_tensors_behind()
    {
        using var model = Model(1);
        var losses = new List<double>();
        var alive = new List<long>();
        var options = Options(1) with { Budget = new Budget(400, null), ReportEvery = 50, LearningRate = 5e-3 };

        new Pretrainer(options, TinyTexts.Pretraining(), model, new WordMasker(TinyTexts.Vocabulary), TimeProvider.System)
            .Run(Path.Combine(_folder, "loss"), Record, CancellationToken.None);

        Assert.True(losses[^1] < losses[0] - 0.5, string.Join(' ', losses));
        Assert.True(alive[^1] <= alive[1], $"tensors alive: {string.Join(' ', alive)}");

        void Record(PretrainingReport report)
        {
            losses.Add(report.WordLoss + report.ToneLoss);
            alive.Add(DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static PretrainingOptions Options(long seed) => new()
    {
        Budget = new Budget(Steps, null),
        Seed = seed,
        BatchTokens = 64,
        ReportEvery = 1,
    };

    private static PretrainingModel Model(long seed) => new(
        new WeightSet(ScalarType.Float32, seed), TinyTexts.Shape, ModelDefaults.Sentiment);

    private Dictionary<string, float[]> Train(string name, int[] stops, long seed = 1)
    {
        var checkpoint = Path.Combine(_folder, name);
        foreach (var stopAfter in stops.Append(int.MaxValue))
        {
            // A new model, as in a new process: the checkpoint is all that the runs share.
            using var model = Model(seed);
            using var stop = new CancellationTokenSource();
            new Pretrainer(Options(seed), TinyTexts.Pretraining(), model, new WordMasker(TinyTexts.Vocabulary), TimeProvider.System)
                .Run(checkpoint, report => StopAt(report.Step, stopAfter, stop), stop.Token);
            if (stopAfter == int.MaxValue)
            {
                return model.Weights.ByName.ToDictionary(pair => pair.Key, pair => pair.Value.data<float>().ToArray());
            }
        }

        throw new InvalidOperationException("the last run does not stop");
    }

    private static void StopAt(long step, int stopAfter, CancellationTokenSource stop)
    {
        if (step == stopAfter)
        {
            stop.Cancel();
        }
    }
}
