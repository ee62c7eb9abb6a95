namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>How many headlines that report nothing carry a reputation label all the same.</summary>
internal sealed record FlagMetrics(int Texts, int Flagged, double FlagRate);
