using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>Dates next to a word that makes them a date of birth.</summary>
internal sealed partial class BirthDateRecogniser() : PatternRecogniser(
    "BIRTH", new Form(WithMonthNames, 1, AnyContext), new Form(Numeric, 4, AnyContext))
{
    private const int LabelBefore = 14;
    private const int LabelAfter = 6;
    private const string Month = "(?:1[0-2]|0?[1-9])";
    private const string Day = "(?:3[01]|[12][0-9]|0?[1-9])";

    private static readonly WordSet Context = Words.Of("생년월일 생일 출생 앞자리 birth");
    private static readonly WordSet AnyContext = Words.Of("생 앞자리 birth");

    [GeneratedRegex(
        Shapes.Start + "(?:19|20)?[0-9]{2} ?년 ?" + Month + " ?월 ?" + Day + "(?: ?일)?" + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex WithMonthNames { get; }

    [GeneratedRegex(
        Shapes.Start + "(?:(?:19|20)?[0-9]{2} ?[-./] ?" + Month + " ?[-./] ?" + Day + "(?: ?일)?"
        + "|(?:(?:1 ?9|2 ?0) ?)?[0-9] ?[0-9] ?" + Shapes.MonthDay + ")" + Shapes.End + "(?![-./][0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Numeric { get; }

    // 발생일 is the day of an event, 생산 follows the date of a product.
    [GeneratedRegex("(?<!발)생일|생년월일|출생|앞자리|birth", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Label { get; }

    [GeneratedRegex("^ ?생(?![가-힣])|^생(?:이|입|인|으|은|의|남|여|유)", RegexOptions.CultureInvariant)]
    private static partial Regex Suffix { get; }

    protected override Verdict Judge(Candidate candidate, int form) =>
        (candidate.IsNear(Context, LabelBefore, LabelAfter)
            && (Label.IsMatch(candidate.Before(LabelBefore)) || Label.IsMatch(candidate.After(LabelAfter))))
        || Suffix.IsMatch(candidate.After(3))
            ? Verdict.Mask
            : Verdict.None;
}
