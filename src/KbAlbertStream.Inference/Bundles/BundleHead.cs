using System.Collections.Immutable;
using KbAlbertStream.Inference.Graphs;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>One head of a bundle: its labels, and how logits become probabilities and decisions.</summary>
public sealed record BundleHead
{
    /// <summary>Its name, the output's name in the graph: <c>sentiment</c>, <c>reputation</c>, <c>compliance</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How it reads the hidden states.</summary>
    public required HeadKind Kind { get; init; }

    /// <summary>
    /// True: one label is right, p = softmax(logits / temperature). False: each label stands for itself,
    /// p = sigmoid(logit / temperature).
    /// </summary>
    public required bool SingleLabel { get; init; }

    /// <summary>The labels, in the order of the logits.</summary>
    public required ImmutableArray<string> Labels { get; init; }

    /// <summary>Divides the logits; fitted on validation texts. 1 leaves them as they are.</summary>
    public float Temperature { get; init; } = 1;

    /// <summary>
    /// The probability from which each label counts as said, in the order of the labels; empty for a single-label head.
    /// </summary>
    public ImmutableArray<float> Thresholds { get; init; } = [];

    /// <summary>The head as the graph sees it.</summary>
    public GraphHead InGraph => new(Name, Kind, Labels.Length);

    internal IEnumerable<string> Errors()
    {
        if (Labels.Length < (SingleLabel ? 2 : 1))
        {
            yield return $"head {Name} has {Labels.Length} labels";
        }

        if (Labels.Distinct(StringComparer.Ordinal).Count() != Labels.Length || Labels.Contains(""))
        {
            yield return $"head {Name} has an empty label or one that comes twice";
        }

        if (!(Temperature > 0) || !float.IsFinite(Temperature))
        {
            yield return $"head {Name} has temperature {Temperature}, it must be positive";
        }

        if (Thresholds.Length != (SingleLabel ? 0 : Labels.Length))
        {
            yield return $"head {Name} has {Thresholds.Length} thresholds for {Labels.Length} labels";
        }

        if (Thresholds.Any(threshold => threshold is not (> 0 and < 1)))
        {
            yield return $"head {Name} has a threshold that is not between 0 and 1";
        }
    }
}
