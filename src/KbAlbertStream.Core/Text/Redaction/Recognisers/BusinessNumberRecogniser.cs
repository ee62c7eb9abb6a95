using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>
/// Business registration numbers (사업자등록번호), a person's where the trader is one: by check digit, or next to a word.
/// </summary>
internal sealed partial class BusinessNumberRecogniser() : PatternRecogniser(
    "BRN", new Form(Grouped, 10), new Form(Loose, 10, Context))
{
    private const int GroupedForm = 0;

    private static readonly WordSet Context = Words.Of("사업자");

    // More digits behind a further dash make it an account or a serial number.
    [GeneratedRegex(
        "(?<![0-9]-?)[0-9]{3}(?: ?- ?| )[0-9]{2}(?: ?- ?| )[0-9]{5}(?!-?[0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped { get; }

    [GeneratedRegex(
        Shapes.Start + Shapes.Three + Shapes.Break + Shapes.Two + Shapes.Break + Shapes.Five + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex Loose { get; }

    protected override Verdict Judge(Candidate candidate, int form) =>
        (form == GroupedForm && Checksums.Business(candidate.Digits)) || candidate.IsNear(Context)
            ? Verdict.Mask
            : Verdict.None;
}
