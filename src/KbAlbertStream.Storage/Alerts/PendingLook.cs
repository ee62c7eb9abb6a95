using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>A look that the detector owes.</summary>
/// <param name="Seq">The row of <c>pending_looks</c> to delete with what was found.</param>
/// <param name="Text">The text to look at.</param>
public sealed record PendingLook(long Seq, SeenText Text)
{
    /// <summary>False when the text was withdrawn or has a newer version by now: there is nothing to look at.</summary>
    public bool IsCurrent { get; init; } = true;
}
