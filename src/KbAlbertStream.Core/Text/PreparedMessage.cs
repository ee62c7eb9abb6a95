using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Core.Text;

/// <summary>A message of which every string is normalised and masked: safe to store, log positions aside.</summary>
public sealed record PreparedMessage
{
    internal PreparedMessage()
    {
    }

    /// <summary>News or complaint.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>The sender's identifier, or its keyed hash when it held personal data.</summary>
    public required string ExternalId { get; init; }

    /// <summary>The masked publisher or channel.</summary>
    public required string Source { get; init; }

    /// <summary>Masked title and text.</summary>
    public required PreparedText Content { get; init; }

    /// <summary>Event time in UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The address, with personal query values masked.</summary>
    public string? Url { get; init; }

    /// <summary>The language tag.</summary>
    public string? Language { get; init; }

    /// <summary>The masked institution field of a complaint.</summary>
    public string? Institution { get; init; }

    /// <summary>The masked sector of a complaint.</summary>
    public string? Sector { get; init; }

    /// <summary>The customer's pseudonym, or its keyed hash when it held personal data.</summary>
    public string? CustomerRef { get; init; }

    /// <summary>How many values were masked, by type in lower case (<c>rrn</c>, <c>phone</c>, ...); types without a hit are absent.</summary>
    public required IReadOnlyDictionary<string, int> Masked { get; init; }

    /// <summary>SHA-256 of kind, title and text as stored, in lower-case hex: the same content, the same hash.</summary>
    public required string ContentHash { get; init; }

    /// <summary>
    /// SHA-256 in lower-case hex of the story without what syndication changes (tags, reporter line, copyright
    /// notice, white space): exact copies of one story share it.
    /// </summary>
    public required string StoryHash { get; init; }
}
