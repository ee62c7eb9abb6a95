namespace KbAlbertStream.Storage.Reading;

/// <summary>A row of the view <c>v_entity_daily</c>: the texts about one institution on one Korean day.</summary>
public sealed record EntityDay
{
    /// <summary>Korean calendar day of the event time.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Dictionary id of the institution.</summary>
    public required string InstitutionId { get; init; }

    /// <summary><c>news</c> or <c>complaint</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>All texts about the institution, copies included.</summary>
    public required long Texts { get; init; }

    /// <summary>Those with negative sentiment.</summary>
    public required long NegativeTexts { get; init; }

    /// <summary>Those that count against the institution, copies left out.</summary>
    public required long CountedTexts { get; init; }

    /// <summary>Mean of negative_reputation.</summary>
    public required float MeanNegativeReputation { get; init; }

    /// <summary>Largest negative_reputation.</summary>
    public required float MaxNegativeReputation { get; init; }
}
