using System.Text.Json;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>An alert, or a correction of one, as receivers are told it: a row of <c>alerts</c>.</summary>
public sealed record AlertNotice
{
    /// <summary>Number of the alert.</summary>
    public required long AlertId { get; init; }

    /// <summary>The same spike has the same key in every replay.</summary>
    public required string AlertKey { get; init; }

    /// <summary>What is corrected; null when the alert itself is told.</summary>
    public AlertCorrection? Correction { get; init; }

    /// <summary>By this receivers know what they have got before.</summary>
    public string IdempotencyKey => Correction is null ? AlertKey : $"{AlertKey}/correction/{Correction.Number}";

    /// <summary>The rule that fired.</summary>
    public required string Rule { get; init; }

    /// <summary>What spiked.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>Dictionary id of the institution.</summary>
    public required string InstitutionId { get; init; }

    /// <summary>How urgent it is by now.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Event time of the text that opened it.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Length of the deciding window.</summary>
    public required int WindowHours { get; init; }

    /// <summary>Counted texts in it.</summary>
    public required int Seen { get; init; }

    /// <summary>Counted texts expected in it.</summary>
    public required double Expected { get; init; }

    /// <summary>Probability of at least as many by chance.</summary>
    public required double P { get; init; }

    /// <summary>Distinct publishers or channels in it.</summary>
    public required int Publishers { get; init; }

    /// <summary>Counted texts a day that were expected.</summary>
    public required double LevelPerDay { get; init; }

    /// <summary>The institution was new.</summary>
    public required bool ColdStart { get; init; }

    /// <summary>All windows, as stored.</summary>
    public required JsonElement Windows { get; init; }

    /// <summary>The strongest texts, masked, as stored.</summary>
    public required JsonElement Evidence { get; init; }

    /// <summary>Name and version of the detector.</summary>
    public required string Detector { get; init; }

    /// <summary>Model that scored the strongest text.</summary>
    public required string? ModelVersion { get; init; }
}
