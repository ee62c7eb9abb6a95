using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>What stands in place of personal data: its type in square brackets, <c>[RRN]</c>.</summary>
internal static partial class Placeholder
{
    /// <summary>Types of later recognisers included: rows that hold them must stay as they are too.</summary>
    [GeneratedRegex(@"\[(?:RRN|FRN|PASSPORT|DRIVER|PHONE|CARD|ACCOUNT|EMAIL|BRN|BIRTH|PLATE|IP|TOKEN|ADDRESS|NAME)\]")]
    public static partial Regex Pattern { get; }

    public static string Of(string type) => $"[{type}]";
}
