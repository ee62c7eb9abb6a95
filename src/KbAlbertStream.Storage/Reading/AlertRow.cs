namespace KbAlbertStream.Storage.Reading;

/// <summary>A row of <c>alerts</c>: one spike.</summary>
public sealed record AlertRow
{
    /// <summary>Number of the alert.</summary>
    public required long AlertId { get; init; }

    /// <summary>The same spike has the same key in every replay.</summary>
    public required string AlertKey { get; init; }

    /// <summary><c>news</c> or <c>complaint</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Dictionary id of the institution.</summary>
    public required string InstitutionId { get; init; }

    /// <summary><c>open</c> or <c>closed</c>.</summary>
    public required string State { get; init; }

    /// <summary><c>warning</c> or <c>critical</c>.</summary>
    public required string Severity { get; init; }

    /// <summary>Event time of the text that opened it.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Event time at which it closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Length of the deciding window.</summary>
    public required int WindowHours { get; init; }

    /// <summary>Counted texts in it when the alert opened.</summary>
    public required int Seen { get; init; }

    /// <summary>Counted texts expected in it.</summary>
    public required double Expected { get; init; }

    /// <summary>Probability of at least as many by chance.</summary>
    public required double P { get; init; }

    /// <summary>Distinct publishers or channels in it.</summary>
    public required int Publishers { get; init; }

    /// <summary>The institution was new.</summary>
    public required bool ColdStart { get; init; }

    /// <summary>JSON: all windows when the alert opened.</summary>
    public required string Windows { get; init; }

    /// <summary>JSON: the strongest texts, masked.</summary>
    public required string Evidence { get; init; }

    /// <summary>When the row was written, by the database's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
