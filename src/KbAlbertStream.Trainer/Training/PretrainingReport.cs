namespace KbAlbertStream.Trainer.Training;

/// <summary>How pre-training goes, over the steps since the last report.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Progress">Part of the budget used up.</param>
/// <param name="LearningRate">The rate of the last step.</param>
/// <param name="WordLoss">Mean loss of the hidden words.</param>
/// <param name="ToneLoss">Mean loss of the review tones.</param>
/// <param name="TokensPerSecond">Real tokens a second since the run started.</param>
internal readonly record struct PretrainingReport(
    long Step, double Progress, double LearningRate, double WordLoss, double ToneLoss, double TokensPerSecond);
