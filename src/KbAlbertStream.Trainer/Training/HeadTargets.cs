using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Training;

/// <summary>The targets of one head in a batch.</summary>
/// <param name="Rows">int64 (N): the texts of the batch that have targets.</param>
/// <param name="Values">float32 (N, K).</param>
internal sealed record HeadTargets(Tensor Rows, Tensor Values)
{
    /// <summary>Collects the targets of a batch; null when no text has any.</summary>
    /// <param name="targets">One entry a text: null, or one value a label.</param>
    public static HeadTargets? Of(IReadOnlyList<float[]?> targets)
    {
        var rows = Enumerable.Range(0, targets.Count).Where(row => targets[row] is not null).ToArray();
        return rows.Length == 0 ? null : new HeadTargets(
            tensor(rows.Select(row => (long)row).ToArray()),
            tensor(rows.SelectMany(row => targets[row]!).ToArray(), [rows.Length, targets[rows[0]]!.Length]));
    }
}
