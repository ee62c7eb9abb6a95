using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>Bank and securities accounts: 10 to 14 digits next to a word that makes them an account.</summary>
/// <remarks>Nothing in the digits themselves proves an account, so a word must, or the name and form of one bank.</remarks>
internal sealed partial class AccountRecogniser() : PatternRecogniser(
    "ACCOUNT", new Form(Dashed, 10), new Form(Spaced, 10), new Form(Mixed, 10), new Form(PartlyHidden, 10))
{
    private const int DashedForm = 0;
    private const int SpacedForm = 1;
    private const int MixedForm = 2;
    private const int PartlyHiddenForm = 3;
    private const int Fewest = 10;
    private const int Most = 14;
    private const int ContextBefore = 20;
    private const int ContextAfter = 20;
    private const int FewestShown = 3;

    private static readonly string[] AccountWords =
    [
        "계좌", "입금", "송금", "이체", "통장", "예금주", "은행", "뱅크", "금고", "신협", "우체국", "농협", "수협", "축협", "bank",
        "account",
    ];

    private static readonly WordSet AnyAccountWord = new([.. AccountWords, "증권"]);

    private static readonly string[] OtherWords =
    [
        "접수번호", "주문번호", "승인번호", "사건번호", "의안번호", "운송장", "송장", "증권번호", "보험증권", "민원번호", "거래번호",
        "관리번호", "상품코드", "바코드", "문서번호", "참조번호", "예약번호", "등록번호", "대표번호", "고객센터", "ISBN",
    ];

    [GeneratedRegex(
        Shapes.Start + "[0-9]{2,6}(?: ?- ?[0-9]{1,8}){1,4}" + Shapes.End, RegexOptions.CultureInvariant)]
    private static partial Regex Dashed { get; }

    [GeneratedRegex(Shapes.Start + "[0-9](?: ?[0-9]){9,13}" + Shapes.End, RegexOptions.CultureInvariant)]
    private static partial Regex Spaced { get; }

    [GeneratedRegex(Shapes.Start + "[0-9](?:(?: ?[-.] ?| )?[0-9]){9,13}" + Shapes.End, RegexOptions.CultureInvariant)]
    private static partial Regex Mixed { get; }

    [GeneratedRegex(
        "(?<![0-9*xX#])" + Shapes.Hidden + "{2,6}(?:-" + Shapes.Hidden + "{1,8}){1,4}(?![0-9*xX#])",
        RegexOptions.CultureInvariant)]
    private static partial Regex PartlyHidden { get; }

    // A date or an amount of money.
    [GeneratedRegex("^(?:19|20)[0-9]{2}[- ]?(?:0[1-9]|1[0-2])[- ]?(?:0[1-9]|[12][0-9]|3[01])", RegexOptions.CultureInvariant)]
    private static partial Regex Date { get; }

    [GeneratedRegex("^ ?(?:원|만|억|천|주|건|명|개|%|달러|USD|KRW|년|월|일)", RegexOptions.CultureInvariant)]
    private static partial Regex Unit { get; }

    protected override Verdict Judge(Candidate candidate, int form)
    {
        var digits = candidate.Digits;
        var length = digits.Length + (form == PartlyHiddenForm ? candidate.HiddenDigits : 0);
        if (length is < Fewest or > Most || !FitsForm(candidate, form, digits))
        {
            return Verdict.None;
        }

        return HasContext(candidate) || BankTemplates.Confirm(candidate, digits) ? Verdict.Mask : Verdict.None;
    }

    private static bool FitsForm(Candidate candidate, int form, string digits) => form switch
    {
        DashedForm => !Date.IsMatch(candidate.Span),
        SpacedForm => !Date.IsMatch(candidate.Span) && !Unit.IsMatch(candidate.After(4)),
        MixedForm => !Date.IsMatch(candidate.Span) && !Dashed.IsMatch(candidate.Span) && candidate.Groups.Count > 1,
        _ => candidate.HiddenDigits > 0 && digits.Length >= FewestShown,
    };

    /// <summary>The nearest word before decides, then any word behind.</summary>
    private static bool HasContext(Candidate candidate)
    {
        if (!candidate.IsNear(AnyAccountWord, ContextBefore, ContextAfter))
        {
            return false;
        }

        var before = candidate.Before(ContextBefore);
        var account = Math.Max(Words.EndOfLast(before, AccountWords), EndOfSecuritiesFirm(before));
        var other = Words.EndOfLast(before, OtherWords);
        return account >= 0 || other >= 0
            ? account > other
            : Words.EndOfLast(candidate.After(ContextAfter), AccountWords) >= 0;
    }

    // 키움증권 holds accounts; 보험증권 and 유가증권 are papers.
    private static int EndOfSecuritiesFirm(ReadOnlySpan<char> text)
    {
        var index = text.LastIndexOf("증권");
        var isPaper = index < 1 || text[index - 1] == ' ' || text[..index].EndsWith("보험") || text[..index].EndsWith("유가");
        return isPaper ? -1 : index + "증권".Length;
    }
}
