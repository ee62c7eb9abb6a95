namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>What resident numbers of citizens and foreigners have in common, and how they differ from look-alikes.</summary>
/// <remarks>
/// Numbers issued since 5 October 2020 have no check digit, so a wrong one proves nothing: shape is enough, unless a
/// word says that the number is a company's, a parcel's or an article's.
/// </remarks>
internal static class ResidentNumber
{
    /// <summary>Six digits of a birth date, a dash, a digit that tells the century, six more.</summary>
    public const string BirthDate = Shapes.Start + "[0-9] ?[0-9] ?" + Shapes.MonthDay + Shapes.Break;

    /// <summary>Announces the seven digits behind the dash.</summary>
    public static readonly WordSet SecondHalf = new("뒷자리", "뒷 자리");

    private const int LookAlikeBefore = 20;
    private const int LookAlikeAfter = 10;
    private const int LabelBefore = 15;

    /// <summary>Words about persons.</summary>
    public static readonly WordSet Personal = Words.Of(
        "주민 민번 생년월일 RRN 외국인 거소 ARC 고객 본인 대표 배우자 자녀 이름 성함 성명");

    private static readonly WordSet Corporate = Words.Of("법인 등기");
    private static readonly WordSet Article = Words.Of("법인 등기 바코드 상품코드 송장");
    /// <summary>Words that can only announce a citizen's number.</summary>
    public static readonly WordSet CitizenLabel = Words.Of("주민등록번호 주민번호 민번 RRN");

    /// <summary>Words that can only announce a foreigner's number.</summary>
    public static readonly WordSet ForeignerLabel = Words.Of("외국인등록번호 거소신고번호 ARC");

    /// <summary>The verdict on 13 digits whose seventh is 1 to 8.</summary>
    public static Verdict Judge(Candidate candidate)
    {
        var digits = candidate.Digits;
        if (!IsDate(digits))
        {
            return Verdict.None;
        }

        if (candidate.IsNear(Personal))
        {
            return Verdict.Mask;
        }

        var hasChecksum = digits[6] < '5' ? Checksums.Resident(digits) : Checksums.Foreigner(digits);
        if (IsCorporate(candidate, digits, hasChecksum) || (!hasChecksum && IsArticle(candidate, digits)))
        {
            return Verdict.Keep;
        }

        return hasChecksum || IsGrouped(candidate) ? Verdict.Mask : Verdict.None;
    }

    /// <summary>True right behind a word that can only announce a resident number: then its digits do not matter.</summary>
    public static bool IsAnnounced(Candidate candidate, bool foreigner) =>
        candidate.IsNear(foreigner ? ForeignerLabel : CitizenLabel, LabelBefore, after: 0);

    /// <summary>True next to a word about persons.</summary>
    public static bool IsPersonal(Candidate candidate) => candidate.IsNear(Personal);

    private static bool IsCorporate(Candidate candidate, string digits, bool hasChecksum) =>
        candidate.IsNear(Corporate, LookAlikeBefore, LookAlikeAfter) && (!hasChecksum || Checksums.Corporate(digits));

    // 880 is the bar code prefix of Korea, and as a birth date it has a check digit that fits.
    private static bool IsArticle(Candidate candidate, string digits) =>
        candidate.IsNear(Article, LookAlikeBefore, LookAlikeAfter)
        || (candidate.Span.Length == 13 && digits.StartsWith("880", StringComparison.Ordinal) && Checksums.Ean13(digits));

    private static bool IsDate(string digits)
    {
        var century = digits[6] is '1' or '2' or '5' or '6' ? 1900 : 2000;
        var year = century + int.Parse(digits.AsSpan(0, 2), System.Globalization.CultureInfo.InvariantCulture);
        var month = int.Parse(digits.AsSpan(2, 2), System.Globalization.CultureInfo.InvariantCulture);
        var day = int.Parse(digits.AsSpan(4, 2), System.Globalization.CultureInfo.InvariantCulture);
        return day <= DateTime.DaysInMonth(year, month);
    }

    // A number of this form, or spelled digit by digit; other spaces are those between figures in a table.
    private static bool IsGrouped(Candidate candidate)
    {
        var groups = candidate.Groups;
        var length = 0;
        return groups.Count == 1 || groups.TrueForAll(group => group == 1)
            || groups.Exists(group => (length += group) == 6);
    }
}
