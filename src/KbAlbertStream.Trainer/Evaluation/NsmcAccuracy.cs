namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>Accuracies at a cut of P(positive) / (P(positive) + P(negative)).</summary>
internal sealed record NsmcAccuracy(double Cut, double Accuracy, double BalancedAccuracy);
