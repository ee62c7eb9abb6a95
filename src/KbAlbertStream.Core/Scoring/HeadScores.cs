using System.Collections.Immutable;

namespace KbAlbertStream.Core.Scoring;

/// <summary>What one classification head says about one text.</summary>
/// <param name="Head">The head's name: <c>sentiment</c>, <c>reputation</c> or <c>compliance</c>.</param>
/// <param name="Labels">All labels of the head, in the order of the manifest.</param>
/// <param name="Probabilities">Calibrated probabilities, one a label, in the same order.</param>
/// <param name="Chosen">
/// Multi-label: the labels at or above their threshold, in the order of the manifest. Single-label: the one with the
/// highest probability.
/// </param>
public sealed record HeadScores(
    string Head, ImmutableArray<string> Labels, ImmutableArray<float> Probabilities, ImmutableArray<string> Chosen)
{
    /// <summary>The probability of a label; 0 for one the head does not have.</summary>
    public float this[string label]
    {
        get
        {
            var index = Labels.IndexOf(label);
            return index < 0 ? 0 : Probabilities[index];
        }
    }
}
