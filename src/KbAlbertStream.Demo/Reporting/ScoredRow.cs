namespace KbAlbertStream.Demo.Reporting;

/// <summary>A row worth showing.</summary>
internal sealed record ScoredRow(
    DateTimeOffset OccurredAt, string Source, string? Entity, string Text, string Sentiment, string Labels, double NegativeReputation);
