namespace KbAlbertStream.Storage.Reading;

/// <summary>Which dead letters are meant. What is null does not restrict.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>The topic that the record was read from.</summary>
    public string? Topic { get; init; }

    /// <summary>The partition that it was read from.</summary>
    public int? Partition { get; init; }

    /// <summary>Its offset there.</summary>
    public long? Offset { get; init; }

    /// <summary>The class of the fault, in snake_case.</summary>
    public string? Reason { get; init; }

    /// <summary>Became a dead letter at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Became a dead letter before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>True for those that became rows after all, false for those that did not.</summary>
    public bool? Resolved { get; init; }

    /// <summary>At most so many, the latest.</summary>
    public int? Limit { get; init; }
}
