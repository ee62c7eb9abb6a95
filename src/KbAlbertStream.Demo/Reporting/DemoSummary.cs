using System.Text.Json;
using System.Text.Json.Serialization;

namespace KbAlbertStream.Demo.Reporting;

/// <summary>The figures of a replay, as <c>--summary</c> writes them (names in snake_case).</summary>
/// <param name="Published">Records published.</param>
/// <param name="Rows">Of these, records that became rows.</param>
/// <param name="DeadLetters">Records that became dead letters.</param>
/// <param name="Lost">Records that became neither, nor withdrew a text.</param>
/// <param name="MaskedValues">Personal values masked in the rows.</param>
/// <param name="Alerts">The alerts.</param>
/// <param name="Seconds">From the first record published to the last alert delivered.</param>
/// <param name="ConnectionString">The database, as Npgsql is told.</param>
internal sealed record DemoSummary(
    int Published,
    int Rows,
    int DeadLetters,
    int Lost,
    long MaskedValues,
    IReadOnlyList<AlertFigure> Alerts,
    double Seconds,
    string ConnectionString)
{
    /// <summary>Records that took a text back.</summary>
    public int Withdrawals { get; init; }

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The JSON text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";
}
