using KbAlbertStream.Core.Text;
using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Modelling;

namespace KbAlbertStream.Trainer.Teaching;

/// <summary>
/// Linear classifiers over character n-grams, one a label. They know which words speak for a label better than a small encoder that
/// has seen some forty texts of it, and nothing of their order; their opinion of texts that nobody labelled is what the
/// encoder learns from them.
/// </summary>
/// <remarks>
/// A classifier knows the texts it was fitted on by heart, so that every piece of one seems to speak for its labels. Therefore the texts
/// are dealt to folds, and there is a set of classifiers for each, fitted on all others: what they say of pieces of their
/// own fold is what they say of texts they do not know. The same scores give the scale of probabilities.
/// </remarks>
internal sealed class NGramTeacher
{
    /// <summary>How many folds there are.</summary>
    public const int Folds = 5;

    private static readonly TextPreparer Preparer = new();
    private readonly long _seed;
    private readonly CharacterNGrams _features;
    private readonly Head[] _heads;

    // Weights by fold and label.
    private sealed record Head(float[][][] Weights, ScoreScale Scale, bool MultiLabel);

    private readonly record struct Example(SparseText Vector, float[] Targets, int Fold);

    /// <summary>Fits it.</summary>
    /// <param name="texts">What is labelled; a head without targets on a text learns nothing from it.</param>
    /// <param name="heads">What it teaches, in the order of the targets.</param>
    /// <param name="seed">Deals the folds and decides the order of fitting.</param>
    /// <param name="stop">Gives up.</param>
    public NGramTeacher(IReadOnlyList<LabelledText> texts, IReadOnlyList<HeadShape> heads, long seed, CancellationToken stop)
    {
        _seed = seed;
        _features = new CharacterNGrams([.. texts.Select(InputOf)]);
        SparseText[] vectors = [.. texts.Select(text => _features.Of(InputOf(text)))];
        _heads =
        [
            .. heads.Select((shape, head) => Fit(
                [.. texts.Index().Where(item => item.Item.Targets[head] is not null)
                    .Select(item => new Example(vectors[item.Index], item.Item.Targets[head]!, FoldOf(item.Item)))],
                shape, seed, stop)),
        ];
    }

    /// <summary>The fold whose classifiers do not know a text. Copies of a text share it.</summary>
    public int FoldOf(LabelledText text) => (int)(Seeds.Mix(_seed, InputOf(text)) % Folds);

    /// <summary>The text with probabilities as targets of all heads, as the classifiers of a fold see it.</summary>
    public LabelledText Label(int fold, LabelledText text)
    {
        var vector = _features.Of(InputOf(text));
        return text with { Targets = [.. _heads.Select(head => Probabilities(head, fold, vector))] };
    }

    private static float[] Probabilities(Head head, int fold, SparseText vector)
    {
        float[] each = [.. head.Weights[fold].Select(weights => head.Scale.Of(LinearSvm.Score(weights, vector)))];
        return head.MultiLabel ? each : [.. each.Select(p => p / each.Sum())];
    }

    private Head Fit(Example[] texts, HeadShape shape, long seed, CancellationToken stop)
    {
        var (weights, scores, labels) = (new float[Folds][][], new List<(float, bool)>(), shape.Labels.Length);
        for (var fold = 0; fold < Folds; fold++)
        {
            var (own, others) = (texts.Where(text => text.Fold == fold).ToArray(), texts.Where(text => text.Fold != fold).ToArray());
            SparseText[] vectors = [.. others.Select(text => text.Vector)];
            weights[fold] = new float[labels][];
            for (var label = 0; label < labels; label++)
            {
                stop.ThrowIfCancellationRequested();
                var fitted = LinearSvm.Fit(
                    vectors, [.. others.Select(text => IsPositive(text, label))], _features.Count, Seeds.For(seed, "teacher", label));
                weights[fold][label] = fitted;
                scores.AddRange(own.Select(text => (LinearSvm.Score(fitted, text.Vector), IsPositive(text, label))));
            }
        }

        return new Head(weights, ScoreScale.Fit(scores), shape.MultiLabel);
    }

    private static bool IsPositive(Example text, int label) => text.Targets[label] >= 0.5f;

    private static string InputOf(LabelledText text) => Preparer.Prepare(text.Title, text.Text).ModelInput;
}
