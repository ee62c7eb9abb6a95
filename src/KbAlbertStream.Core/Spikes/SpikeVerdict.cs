using System.Collections.Immutable;

namespace KbAlbertStream.Core.Spikes;

/// <summary>What the windows that end at one moment say about one institution.</summary>
/// <param name="Windows">All windows, from the shortest.</param>
/// <param name="Deciding">The firing window with the smallest probability; null when none fires.</param>
/// <param name="Severity">Of the spike; meaningless when none fires.</param>
/// <param name="ColdStart">The institution is new, so ten times more evidence was asked.</param>
public sealed record SpikeVerdict(
    ImmutableArray<WindowReading> Windows, WindowReading? Deciding, Severity Severity, bool ColdStart)
{
    /// <summary>The longest window, which decides when an alert may close.</summary>
    public WindowReading Longest => Windows[^1];
}
