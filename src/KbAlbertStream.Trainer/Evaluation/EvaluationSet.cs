using System.Collections.Immutable;
using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>Prepared texts with what is known about them.</summary>
/// <param name="Texts">What the model reads.</param>
/// <param name="Targets">By text and head: one value a label, or null when unknown.</param>
internal sealed record EvaluationSet(ImmutableArray<PreparedText> Texts, ImmutableArray<float[]?[]> Targets)
{
    /// <summary>The targets of a head that is known for every text.</summary>
    public IReadOnlyList<float[]> Of(int head) => [.. Targets.Select(targets => targets[head]!)];
}
