namespace KbAlbertStream.Demo.Reporting;

/// <summary>How an institution stands: texts counted against it in the last 24 hours of event time, and what is normal.</summary>
internal sealed record LevelFigure(string Entity, string Kind, int Seen, double Expected, bool HasOpenAlert);
