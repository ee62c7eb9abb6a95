namespace KbAlbertStream.Trainer.Transformers;

/// <summary>What an evaluation found.</summary>
/// <param name="Loss">The mean loss.</param>
/// <param name="Metrics">What the metric function made of predictions and labels; the accuracy when there is none.</param>
public sealed record EvaluationOutput(double Loss, IReadOnlyDictionary<string, double> Metrics);
