using KbAlbertStream.Inference.Bundles;

namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>Calibrated probabilities, by the worker's own arithmetic.</summary>
internal static class Probabilities
{
    /// <summary>The probabilities of a head, one row a text.</summary>
    public static IReadOnlyList<float[]> Of(BundleHead head, IReadOnlyList<float[]> logits) =>
        [.. logits.Select(text => Inference.Scoring.Calibration.Probabilities(head, text).ToArray())];
}
