namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>nsmc/test, positive or negative. 78 % are positive, so the balanced accuracy is what counts.</summary>
/// <param name="Texts">Reviews rated 1-4 or 9-10.</param>
/// <param name="DefaultCut">Positive when more probable than negative.</param>
/// <param name="TunedCut">With the cut that is best on nsmc/valid.</param>
internal sealed record NsmcMetrics(int Texts, NsmcAccuracy DefaultCut, NsmcAccuracy TunedCut);
