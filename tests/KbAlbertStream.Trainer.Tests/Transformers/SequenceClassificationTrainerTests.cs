using System.Text.Json;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Tests.Support;
using KbAlbertStream.Trainer.Transformers;

namespace KbAlbertStream.Trainer.Tests.Transformers;

public sealed class SequenceClassificationTrainerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void With_the_same_batches_it_gives_the_losses_of_Transformers_Trainer()
    {
        var golden = GoldenFiles.Json("training", "single-label.json");
        using var model = AlbertForSequenceClassification.FromPretrained(GoldenFiles.PathOf("training", "start"));
        var texts = golden.GetProperty("batches").EnumerateArray().SelectMany(Texts).ToArray();
        var arguments = new TrainingArguments
        {
            OutputDir = _folder.Path,
            NumTrainEpochs = 1,
            PerDeviceTrainBatchSize = 8,
            LearningRate = 0.002,
            WarmupSteps = 5,
            WeightDecay = 0.01,
            LoggingSteps = 1,
            Shuffle = false,
        };
        var trainer = new SequenceClassificationTrainer(model, arguments, Tokenizer(), texts, []);

        var output = trainer.Train(TestContext.Current.CancellationToken);

        var losses = golden.GetProperty("trainer_losses").Deserialize<double[]>()!;
        Assert.Equal(20, output.GlobalStep);
        Assert.Equal(losses.Average(), output.TrainingLoss, 1e-3);
        for (var step = 0; step < losses.Length; step++)
        {
            var entry = trainer.LogHistory[step];
            var expected = golden.GetProperty("log")[step];
            Assert.Equal(losses[step], entry.Loss, step < 5 ? 1e-4 : 1e-3);
            Assert.Equal(expected.GetProperty("lr").GetDouble(), entry.LearningRate, 1e-12);
            Assert.Equal(1, entry.GradientNorm / expected.GetProperty("grad_norm").GetDouble(), 1e-3);
        }
    }

    [Fact]
    public void It_learns_what_can_be_learned_saves_it_and_the_pipeline_says_it()
    {
        var folder = Start();
        using var model = AlbertForSequenceClassification.FromPretrained(folder);
        var texts = Enumerable.Range(0, 64).Select(i => new ClassificationExample(Letters(i), (i % 3))).ToArray();
        var arguments = new TrainingArguments
        {
            OutputDir = _folder.In("out"),
            NumTrainEpochs = 12,
            LearningRate = 5e-3,
            WarmupSteps = 8,
            LoggingSteps = 10,
            MaxLength = 16,
            Seed = 3,
        };
        var trainer = new SequenceClassificationTrainer(
            model, arguments, KbAlbertTokenizer.FromPretrained(folder), texts, texts);
        var before = trainer.Evaluate();

        var output = trainer.Train(TestContext.Current.CancellationToken);
        var after = trainer.Evaluate();
        trainer.SaveModel();

        Assert.Equal(96, output.GlobalStep);
        Assert.Equal([10, 20, 30, 40, 50, 60, 70, 80, 90, 96], trainer.LogHistory.Select(entry => entry.Step));
        Assert.True(after.Loss < before.Loss / 2, $"{before.Loss} before, {after.Loss} after");
        Assert.InRange(after.Metrics["accuracy"], 0.9, 1);
        var saved = TextClassificationPipeline.FromPretrained(arguments.OutputDir);
        using (saved.Model)
        {
            Assert.Equal(
                after.Metrics["accuracy"],
                texts.Count(text => saved.Classify(text.Text).Label == model.Config.Labels[text.Label]) / 64.0,
                1e-9);
        }
    }

    [Fact]
    public void Arguments_that_make_no_sense_and_labels_that_do_not_exist_are_all_named()
    {
        using var model = AlbertForSequenceClassification.FromPretrained(Start());
        var arguments = new TrainingArguments { OutputDir = "", LearningRate = 0, LoggingSteps = 0 };

        var error = Assert.Throws<ArgumentException>(() => new SequenceClassificationTrainer(
            model, arguments, Tokenizer(), [new ClassificationExample("가", 3)]));

        Assert.Contains("LearningRate", error.Message, StringComparison.Ordinal);
        Assert.Contains("LoggingSteps", error.Message, StringComparison.Ordinal);
        Assert.Contains("label 3 is none of the model's 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_batch_of_an_epoch_may_be_smaller()
    {
        var arguments = new TrainingArguments { OutputDir = "", NumTrainEpochs = 2.5, PerDeviceTrainBatchSize = 4 };

        Assert.Equal(8, arguments.StepsOn(9));
        Assert.Equal(5, (arguments with { MaxSteps = 5 }).StepsOn(9));
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<(int[] Ids, int Label)> Texts(JsonElement batch)
    {
        var ids = batch.GetProperty("input_ids").Deserialize<int[][]>()!;
        var mask = batch.GetProperty("attention_mask").Deserialize<int[][]>()!;
        var labels = batch.GetProperty("labels").Deserialize<int[]>()!;
        return ids.Select((row, i) => (row[..mask[i].Sum()], labels[i]));
    }

    // The label is told by the first letter.
    private static string Letters(int i) => $"{(char)('가' + (i % 3))} {(char)('가' + 3 + (i % 7))} {(char)('가' + 10 + (i % 5))}";

    private KbAlbertTokenizer Tokenizer() => KbAlbertTokenizer.FromPretrained(Start());

    private string Start()
    {
        var folder = _folder.In("start");
        FormulaFolder.WriteWithTokenizer(folder);
        return folder;
    }
}
