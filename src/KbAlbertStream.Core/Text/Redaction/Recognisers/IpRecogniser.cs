using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>IPv4 addresses: four numbers from 0 to 255 without leading zeros, and no version or list.</summary>
internal sealed partial class IpRecogniser() : PatternRecogniser("IP", new Form(Dotted, 4))
{
    private const string Octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private const int LabelLength = 9;

    private static readonly WordSet Version = Words.Of("버전 version ver. 버젼");

    [GeneratedRegex(
        @"(?<![0-9.])" + Octet + @"(?:\." + Octet + @"){3}(?!\.?[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Dotted { get; }

    protected override Verdict Judge(Candidate candidate, int form) =>
        candidate.IsNear(Version, LabelLength, after: 0) || candidate.Before(1) is ['v' or 'V'] || IsList(candidate.Span)
            ? Verdict.None
            : Verdict.Mask;

    // "1.2.3.4." are items of a list.
    private static bool IsList(ReadOnlySpan<char> span) =>
        span.Length == 7 && span[2] == span[0] + 1 && span[4] == span[2] + 1 && span[6] == span[4] + 1;
}
