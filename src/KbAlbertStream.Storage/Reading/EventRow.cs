namespace KbAlbertStream.Storage.Reading;

/// <summary>A row of the view <c>v_events</c>: one scored text. Every string is masked.</summary>
public sealed record EventRow
{
    /// <summary><c>news</c> or <c>complaint</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Event time, UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The sender's identifier.</summary>
    public required string ExternalId { get; init; }

    /// <summary>Publisher of the news or channel of the complaint.</summary>
    public required string Source { get; init; }

    /// <summary>Dictionary id of the most relevant institution.</summary>
    public string? PrimaryInstitution { get; init; }

    /// <summary>Dictionary ids of all institutions, most relevant first.</summary>
    public required IReadOnlyList<string> InstitutionIds { get; init; }

    /// <summary>The title; null when there is none or texts are not stored.</summary>
    public string? Title { get; init; }

    /// <summary>The text; null when there is none or texts are not stored.</summary>
    public string? Text { get; init; }

    /// <summary>The most probable sentiment.</summary>
    public required string Sentiment { get; init; }

    /// <summary>Probability that the sentiment is negative.</summary>
    public required float PNegative { get; init; }

    /// <summary>Event categories found.</summary>
    public required IReadOnlyList<string> ReputationLabels { get; init; }

    /// <summary>Compliance flags found.</summary>
    public required IReadOnlyList<string> ComplianceLabels { get; init; }

    /// <summary>P(negative) times the largest reputation probability.</summary>
    public required float NegativeReputation { get; init; }

    /// <summary>JSON: <c>[{"label":"...","text":"..."}]</c>.</summary>
    public required string Evidence { get; init; }

    /// <summary>JSON: how many values were masked, by type.</summary>
    public required string Masked { get; init; }

    /// <summary>Shared by exact copies of one story, in hex.</summary>
    public required string StoryHash { get; init; }

    /// <summary>Model that scored the text.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>Timestamp of the Kafka record, UTC.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>When the row was written, by the database's clock.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>Where the original stands in Kafka: <c>topic[partition]@offset</c>.</summary>
    public required string Position { get; init; }
}
