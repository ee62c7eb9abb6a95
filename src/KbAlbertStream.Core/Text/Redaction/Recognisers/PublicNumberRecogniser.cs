using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>Representative (15xx, 16xx, 18xx) and toll-free (080) numbers belong to firms, so they stay.</summary>
internal sealed partial class PublicNumberRecogniser() : PatternRecogniser(
    "PUBLIC", new Form(Representative, 8), new Form(TollFree, 10))
{
    [GeneratedRegex("(?<![0-9]-?)1[568][0-9]{2}[ -]?[0-9]{4}(?!-?[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Representative { get; }

    [GeneratedRegex(
        @"(?<![0-9]-?)\(?080[)\-. ] ?[0-9]{3,4}[\-. ][0-9]{4}(?!-?[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex TollFree { get; }

    protected override Verdict Judge(Candidate candidate, int form) => Verdict.Keep;
}
