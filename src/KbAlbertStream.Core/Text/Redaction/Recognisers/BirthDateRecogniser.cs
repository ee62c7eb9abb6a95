using System.Buffers;
using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>Dates next to a word that makes them a date of birth.</summary>
internal sealed partial class BirthDateRecogniser() : PatternRecogniser("BIRTH", Form)
{
    private const int LabelBefore = 14;
    private const int LabelAfter = 6;
    private const string Month = "(?:1[0-2]|0?[1-9])";
    private const string Day = "(?:3[01]|[12][0-9]|0?[1-9])";

    private static readonly SearchValues<string> Context = Words.Of("생년월일 생일 출생 앞자리 birth");

    [GeneratedRegex(
        Shapes.Start + "(?:"
        + "(?:19|20)?[0-9]{2} ?[-./년] ?" + Month + " ?[-./월] ?" + Day + "(?: ?일)?"
        + "|(?:(?:1 ?9|2 ?0) ?)?[0-9] ?[0-9] ?" + Shapes.MonthDay
        + ")" + Shapes.End + "(?![-./][0-9])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }

    protected override Verdict Judge(Candidate candidate, int form) =>
        candidate.IsNear(Context, LabelBefore, LabelAfter) || candidate.After(2).TrimStart() is ['생', ..]
            ? Verdict.Mask
            : Verdict.None;
}
