using System.Collections.Frozen;

namespace KbAlbertStream.Core.Entities;

/// <summary>The kinds of institution that a dictionary may name.</summary>
public static class InstitutionTypes
{
    /// <summary>A supervisor or market operator: context of a text, never what it counts against.</summary>
    public const string Regulator = "regulator";

    /// <summary>Every type a dictionary may use.</summary>
    public static FrozenSet<string> All { get; } = FrozenSet.ToFrozenSet(
    [
        "bank", "capital", "card", "fintech", "guarantee", "holding", "internet_bank", "life", "mutual", "nonlife",
        "postal", Regulator, "reinsurer", "savings_bank", "securities",
    ]);
}
