using System.Text.Json;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Evaluation;

namespace KbAlbertStream.Trainer.Tests.Promotion;

/// <summary>The bundle that ships.</summary>
public sealed class DemoBundleTests : IDisposable
{
    private const long MostBytes = 12 * 1024 * 1024;
    private readonly TextScorer _scorer = TextScorer.Load(
        Repository.PathOf("models", "demo"), new EncoderOptions { Provider = ExecutionProvider.Cpu, Threads = 1 });

    [Fact]
    public void Promise_5_worker_and_trainer_turn_the_same_text_into_the_same_ids()
    {
        var encoder = new TextEncoder(_scorer.Tokenizer.Vocabulary);
        var worker = new TextPreparer();
        foreach (var text in TrainingTexts.ValidationFiles.SelectMany(file => RiskText.Read(SharedData.Require("data"), file)))
        {
            var message = new InboundMessage
            {
                Kind = MessageKind.News,
                ExternalId = text.Id,
                Source = "test",
                Title = text.Title,
                Text = text.Text,
                OccurredAt = DateTimeOffset.UnixEpoch,
            };
            var tokens = new TokenBuffer();
            _scorer.Tokenizer.Encode(worker.Prepare(message).Content.ModelInput, tokens);

            Assert.Equal(encoder.Encode(text.Title, text.Text)[1..^1], tokens.Ids.ToArray());
        }
    }

    [Fact]
    public void Its_labels_on_the_validation_texts_are_those_of_the_figures_it_carries()
    {
        var data = SharedData.Require("data");
        var labels = LabelSet.Load(data);
        var texts = TrainingTexts.ValidationFiles.SelectMany(file => RiskText.Read(data, file)).ToList();
        var preparer = new TextPreparer();
        var scores = _scorer.Score([.. texts.Select(text => preparer.Prepare(text.Title, text.Text))]);
        var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(BundleFolder(), "metrics.json"))).RootElement.GetProperty("heads");

        Assert.Equal(
            metrics.GetProperty("sentiment").GetProperty("accuracy").GetDouble(),
            texts.Zip(scores).Average(pair => pair.First.Sentiment == pair.Second.Sentiment.Chosen[0] ? 1.0 : 0),
            1e-4);
        foreach (var head in labels.Heads.Where(head => head.MultiLabel))
        {
            var chosen = scores.Select(score => (head.Name == "reputation" ? score.Reputation : score.Compliance).Chosen);
            var carried = texts.Select(text => head.Name == "reputation" ? text.Reputation : text.Compliance);
            var measured = MultiLabelScores.At([.. chosen.Select(one => Ones(one))], [.. carried.Select(one => Ones(one))], 0.5);

            Assert.Equal(metrics.GetProperty(head.Name).GetProperty("macro_f1").GetDouble(), measured.MacroF1, 1e-4);

            float[] Ones(IReadOnlyList<string> chosen) => [.. head.Labels.Select(label => chosen.Contains(label) ? 1f : 0f)];
        }
    }

    [Fact]
    public void It_is_small_enough_to_be_cloned() => Assert.InRange(
        Directory.GetFiles(BundleFolder()).Where(file => !file.Contains("int8", StringComparison.Ordinal)).Sum(file => new FileInfo(file).Length), 1, MostBytes);

    [Fact]
    public void Its_card_says_what_it_is_not() => Assert.Contains(
        "It is not KB-ALBERT", File.ReadAllText(Path.Combine(BundleFolder(), "MODEL_CARD.md")), StringComparison.Ordinal);

    [Fact]
    public void Its_figures_meet_what_was_promised()
    {
        var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(BundleFolder(), "metrics.json"))).RootElement;

        Assert.True(metrics.GetProperty("nsmc").GetProperty("tuned_cut").GetProperty("balanced_accuracy").GetDouble() >= 0.84);
        Assert.True(metrics.GetProperty("other_headlines").GetProperty("flag_rate").GetDouble() <= 0.01);
        Assert.Equal(2000, metrics.GetProperty("other_headlines").GetProperty("texts").GetInt32());
    }

    public void Dispose() => _scorer.Dispose();

    private static string BundleFolder() =>
        Inference.Bundles.BundleLocator.Resolve(Repository.PathOf("models", "demo"));
}
