using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>Passport numbers: the form of 2021 by shape, all others next to a word.</summary>
internal sealed partial class PassportRecogniser() : PatternRecogniser(
    "PASSPORT", new Form(Of2021, 4), new Form(Others, 7, Context), new Form(Spaced, 4, Context))
{
    private const int Of2021Form = 0;
    private const string NoLetterBefore = "(?<![A-Za-z0-9])";
    private const string NoLetterBehind = "(?![A-Za-z0-9])";

    private static readonly WordSet Context = Words.Of("여권 passport");

    [GeneratedRegex(
        NoLetterBefore + "[MSRODmsrod][0-9]{3}[A-Za-z][0-9]{4}" + NoLetterBehind, RegexOptions.CultureInvariant)]
    private static partial Regex Of2021 { get; }

    [GeneratedRegex(NoLetterBefore + "[A-Za-z]{1,2} ?-? ?[0-9](?: ?[0-9]){6,7}" + NoLetterBehind, RegexOptions.CultureInvariant)]
    private static partial Regex Others { get; }

    [GeneratedRegex(
        NoLetterBefore + "[MSRODmsrod] ?-? ?[0-9](?: ?[0-9]){2} ?-? ?[A-Za-z](?: ?[0-9]){4}" + NoLetterBehind,
        RegexOptions.CultureInvariant)]
    private static partial Regex Spaced { get; }

    protected override Verdict Judge(Candidate candidate, int form) =>
        form == Of2021Form || candidate.IsNear(Context) ? Verdict.Mask : Verdict.None;
}
