namespace KbAlbertStream.Core.Messages;

/// <summary>
/// A message that passed validation: well-formed UTF-16, no U+0000, lengths within the limits, times in UTC.
/// It still holds raw personal data and must go through the text preparer before it is stored or logged.
/// </summary>
public sealed record InboundMessage
{
    /// <summary>News or complaint.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>The sender's identifier of the message (field <c>id</c>).</summary>
    public required string ExternalId { get; init; }

    /// <summary>The publisher of a news item or the channel of a complaint.</summary>
    public required string Source { get; init; }

    /// <summary>The title; empty when the message has none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The body of a news item (may be empty) or the text of a complaint.</summary>
    public string Text { get; init; } = "";

    /// <summary>Event time in UTC: <c>published_at</c> or <c>received_at</c>, at most 5 minutes after the record time.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The address of a news item.</summary>
    public string? Url { get; init; }

    /// <summary>The language tag of a news item.</summary>
    public string? Language { get; init; }

    /// <summary>The institution that a complaint names, as the sender wrote it.</summary>
    public string? Institution { get; init; }

    /// <summary>The sector of a complaint.</summary>
    public string? Sector { get; init; }

    /// <summary>The pseudonym of the complaining customer.</summary>
    public string? CustomerRef { get; init; }
}
