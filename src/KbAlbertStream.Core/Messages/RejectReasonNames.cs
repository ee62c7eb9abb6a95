using System.Text.Json;

namespace KbAlbertStream.Core.Messages;

/// <summary>The names of <see cref="RejectReason"/> as they stand in rows, headers, metrics and JSON.</summary>
public static class RejectReasonNames
{
    private static readonly Dictionary<RejectReason, string> Names = Enum.GetValues<RejectReason>()
        .ToDictionary(reason => reason, reason => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString()));

    /// <summary>The name in snake_case: <c>InvalidJson</c> is <c>invalid_json</c>.</summary>
    public static string ToWireName(this RejectReason reason) => Names[reason];
}
