using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Core.Spikes;

/// <summary>A stored text that speaks against an institution, as the detector sees it.</summary>
/// <param name="Position">Its row.</param>
/// <param name="Entity">The institution.</param>
/// <param name="OccurredAt">Event time.</param>
/// <param name="ClockAt">The latest event time in its partition up to it.</param>
/// <param name="Source">Publisher or channel.</param>
/// <param name="Story">
/// Shared by copies of one story (for a complaint: by the same customer's repeats); null for a text that can be no copy.
/// </param>
/// <param name="Categories">Its reputation labels.</param>
/// <param name="NegativeReputation">How strongly it speaks against the institution, 0 to 1.</param>
public sealed record SeenText(
    RecordPosition Position,
    string Entity,
    DateTimeOffset OccurredAt,
    DateTimeOffset ClockAt,
    string Source,
    Story? Story,
    ImmutableArray<string> Categories,
    float NegativeReputation)
{
    /// <summary>A copy of a story that an earlier text counts for: it brings a publisher but no count.</summary>
    public bool IsCopy { get; init; }

    /// <summary>The sender's identifier, which its versions share; null when the row is gone.</summary>
    public string? ExternalId { get; init; }

    /// <summary>What copies of one story share; null for a complaint without a customer, which is nobody's repeat.</summary>
    public static Story? StoryOf(MessageKind kind, string storyHash, string? customerRef) =>
        kind == MessageKind.News ? Spikes.Story.Of(storyHash)
        : string.IsNullOrEmpty(customerRef) ? null
        : Spikes.Story.Of($"{storyHash}/{customerRef}");

    /// <summary>The series it belongs to.</summary>
    public SeriesKey Series => new(Position.Kind, Entity);

    /// <summary>Its place in the detector's order.</summary>
    public LogKey LogKey => LogKey.Of(Position, ClockAt);
}
