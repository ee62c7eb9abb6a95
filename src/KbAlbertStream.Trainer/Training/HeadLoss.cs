using KbAlbertStream.Trainer.Modelling;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace KbAlbertStream.Trainer.Training;

/// <summary>The loss of one head over the texts that have targets for it.</summary>
internal static class HeadLoss
{
    /// <summary>
    /// Single-label: mean cross-entropy over the texts. Multi-label: mean binary cross-entropy over texts and labels.
    /// Null when no text has targets.
    /// </summary>
    public static Tensor? Of(HeadShape head, Tensor logits, HeadTargets? targets)
    {
        if (targets is null)
        {
            return null;
        }

        var known = logits.index_select(0, targets.Rows);
        return head.MultiLabel
            ? F.binary_cross_entropy_with_logits(known, targets.Values)
            : F.cross_entropy(known, targets.Values);
    }
}
