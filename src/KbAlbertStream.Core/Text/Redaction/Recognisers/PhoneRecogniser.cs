using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>Mobile and fixed telephone numbers, also from abroad, spaced out or partly hidden.</summary>
internal sealed partial class PhoneRecogniser()
    : PatternRecogniser(
        "PHONE",
        new Form(Mobile, 10),
        new Form(MobileFromAbroad, 11),
        new Form(Fixed, 9),
        new Form(FixedFromAbroad, 10),
        new Form(Bare, 9, Context),
        new Form(HiddenMobile, 10),
        new Form(HiddenFixed, 9))
{
    private const int MobileForm = 0;
    private const int BareForm = 4;
    private const int FirstHiddenForm = 5;
    private const string Break = "(?: ?[-.,/·_)~] ?| )";
    private const string Country = @"\(?(?:\+|00)? ?8 ?2 ?\)?[ \-.]? ?(?:\(? ?0 ?\)? ?-?)?";
    private const string Area = "(?:2|3 ?[1-3]|4 ?[1-4]|5 ?[1-5]|6 ?[1-4]|7 ?0|5 ?0 ?[2-8])";
    private const string ThreeOrFour = "[0-9](?: ?[0-9]){2,3}";

    private static readonly WordSet Context = Words.Of(
        "전화 연락처 팩스 휴대폰 핸드폰 번호 문의 tel phone fax call");

    [GeneratedRegex(
        Shapes.Start + @"\(?0 ?1 ?[016789]" + Break + "?" + ThreeOrFour + Break + "?" + Shapes.Four + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex Mobile { get; }

    [GeneratedRegex(
        Shapes.Start + Country + "1 ?[016789]" + Break + "?" + ThreeOrFour + Break + "?" + Shapes.Four + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex MobileFromAbroad { get; }

    [GeneratedRegex(
        Shapes.Start + @"\(?0 ?" + Area + Break + ThreeOrFour + Break + Shapes.Four + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex Fixed { get; }

    [GeneratedRegex(
        Shapes.Start + @"\(?\+ ?8 ?2 ?\)?[ \-.]?(?:\(?0\)?)?[ \-.]?" + Area + Break + "?" + ThreeOrFour + Break + "?"
        + Shapes.Four + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex FixedFromAbroad { get; }

    [GeneratedRegex(
        Shapes.Start + @"\(?0 ?" + Area + Break + "?" + ThreeOrFour + Break + "?" + Shapes.Four + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex Bare { get; }

    [GeneratedRegex(
        Shapes.Start + @"\(?(?:\+?82[ \-.]?0?|0)1[016789]" + Break + "?" + Shapes.Hidden + "{3,4}" + Break + "?"
        + Shapes.Hidden + "{4}(?![0-9*#])",
        RegexOptions.CultureInvariant)]
    private static partial Regex HiddenMobile { get; }

    [GeneratedRegex(
        Shapes.Start + @"\(?0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50[2-8])" + Break + Shapes.Hidden + "{3,4}" + Break
        + Shapes.Hidden + "{4}(?![0-9*#])",
        RegexOptions.CultureInvariant)]
    private static partial Regex HiddenFixed { get; }

    protected override Verdict Judge(Candidate candidate, int form)
    {
        var isPhone = form switch
        {
            MobileForm => IsGrouped(candidate) || candidate.IsNear(Context),
            BareForm => candidate.IsNear(Context),
            >= FirstHiddenForm => candidate.HiddenDigits > 0,
            _ => true,
        };
        return isPhone ? Verdict.Mask : Verdict.None;
    }

    // 010 and eight more digits in any grouping; the older prefixes and the shorter form in groups, so that a column
    // of figures is no number.
    private static bool IsGrouped(Candidate candidate)
    {
        var digits = candidate.Digits;
        var groups = candidate.Groups;
        return (digits.Length == 11 && digits[2] == '0') || groups.Count == 1 || groups.TrueForAll(length => length == 1)
            || (groups[0] is 3 && groups.Count <= 3) || groups.Count == 2;
    }
}
