using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Modelling;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Transformers;

/// <summary>
/// Text in, label and score out, as <c>pipeline("text-classification", truncation=True)</c> of Transformers. It owns neither
/// model nor tokenizer. For a service use a bundle and its TextScorer, which computes no padding and reads long texts whole.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="tokenizer">Its tokenizer.</param>
/// <param name="maxLength">Longer texts are cut; null takes what the model can read, at most 512 tokens.</param>
/// <param name="batchSize">Texts of one pass.</param>
public sealed class TextClassificationPipeline(
    AlbertForSequenceClassification model, KbAlbertTokenizer tokenizer, int? maxLength = null, int batchSize = 32)
{
    private const int Longest = 512;
    private const string MultiLabel = "multi_label_classification", Regression = "regression";

    private readonly int _maxLength = maxLength
        ?? Math.Min(Math.Min(model.Config.Shape.MaxPositions, Longest), tokenizer.ModelMaxLength ?? Longest);

    /// <summary>Reads model and tokenizer of a folder. The pipeline's caller disposes the model.</summary>
    /// <exception cref="CheckpointException">The folder holds no such model.</exception>
    public static TextClassificationPipeline FromPretrained(string folder) =>
        new(AlbertForSequenceClassification.FromPretrained(folder), KbAlbertTokenizer.FromPretrained(folder));

    /// <summary>The model.</summary>
    public AlbertForSequenceClassification Model => model;

    /// <summary>The most probable label of a text.</summary>
    public TextClassification Classify(string text) => Classify([text])[0];

    /// <summary>The most probable label of each text.</summary>
    public TextClassification[] Classify(IReadOnlyList<string> texts) => [.. ClassifyAll(texts).Select(labels => labels[0])];

    /// <summary>All labels of each text, the most probable first (<c>top_k=None</c>).</summary>
    public TextClassification[][] ClassifyAll(IReadOnlyList<string> texts)
    {
        var found = new List<TextClassification[]>(texts.Count);
        using var noGrad = no_grad();
        foreach (var chunk in texts.Chunk(batchSize))
        {
            using var scope = NewDisposeScope();
            var scores = Scores(model.Forward(tokenizer.Batch(chunk, _maxLength)));
            var labels = model.Config.Labels;
            found.AddRange(scores.data<float>().ToArray().Chunk(labels.Length).Select(row => row
                .Select((score, label) => new TextClassification(labels[label], score))
                .OrderByDescending(label => label.Score).ToArray()));
        }

        return [.. found];
    }

    // As Transformers chooses: sigmoid for several labels a text or a single one, nothing for regression, else softmax.
    private Tensor Scores(Tensor logits) => model.Config.ProblemType switch
    {
        Regression => logits,
        MultiLabel => logits.sigmoid(),
        _ => model.Config.Labels.Length == 1 ? logits.sigmoid() : logits.softmax(-1),
    };
}
