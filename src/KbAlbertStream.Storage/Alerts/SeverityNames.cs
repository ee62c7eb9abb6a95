using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>The lower-case names of <see cref="Severity"/>, as they stand in rows and JSON.</summary>
internal static class SeverityNames
{
    public static string ToWireName(this Severity severity) =>
        severity == Severity.Critical ? "critical" : "warning";

    public static Severity Parse(string name) => name switch
    {
        "critical" => Severity.Critical,
        "warning" => Severity.Warning,
        _ => throw new InvalidDataException($"not a severity: {name}"),
    };
}
