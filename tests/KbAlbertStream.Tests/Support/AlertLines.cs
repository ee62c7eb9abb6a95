using System.Globalization;
using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Tests.Support;

/// <summary>Transitions of alerts as lines that say everything, to compare runs.</summary>
internal static class AlertLines
{
    public static List<string> Of(IEnumerable<AlertChange> changes) => [.. changes.Select(change =>
        string.Create(CultureInfo.InvariantCulture, $"{change.Series} {change.Type} {change.At:O} {change.Alert} ")
        + string.Join(' ', change.Verdict.Windows)
        + string.Join(' ', change.Evidence.Select(text => text.Position)))];
}
