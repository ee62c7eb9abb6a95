using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>
/// Account forms of single banks, to confirm a number right behind the bank's short name, which alone is too common a
/// word (우리, 하나, 기업). Source: 금융결제원 CMS 참가기관별 계좌번호체계, 2026-05-08.
/// </summary>
internal static partial class BankTemplates
{
    private const int LongestName = 8;

    // Alias, then lengths and subject codes of the digits without dashes.
    private static readonly (string[] Names, Regex Form)[] Banks =
    [
        (["KB", "국민"], Kookmin()),
        (["신한"], Shinhan()),
        (["우리"], Woori()),
        (["하나", "KEB"], Hana()),
        (["NH", "농협", "농축협"], Nonghyup()),
        (["IBK", "기업"], Ibk()),
        (["KDB", "산업"], Kdb()),
        (["SC", "제일"], StandardChartered()),
        (["씨티", "시티"], Citi()),
        (["iM", "대구", "DGB"], Im()),
        (["부산", "경남", "광주", "전북", "제주", "BNK"], Regional()),
        (["새마을", "MG"], Saemaul()),
        (["우체국"], Post()),
        (["저축"], Savings()),
        (["케이", "케뱅"], Kbank()),
        (["카카오", "카뱅"], Kakao()),
        (["토스", "토뱅"], Toss()),
    ];

    /// <summary>True when the number right behind a bank's name has a form of that bank.</summary>
    public static bool Confirm(Candidate candidate, string digits)
    {
        var before = candidate.Before(LongestName).TrimEnd(" :()");
        if (before.IsEmpty || !char.IsLetter(before[^1]))
        {
            return false;
        }

        foreach (var (names, form) in Banks)
        {
            foreach (var name in names)
            {
                if (before.EndsWith(name, StringComparison.OrdinalIgnoreCase))
                {
                    return form.IsMatch(digits);
                }
            }
        }

        return false;
    }

    [GeneratedRegex("^(?:[0-9]{3}(?:01|21|24|05|04|25|26)[0-9]{7}|[0-9]{4}(?:92|01|02|25|37|90)[0-9]{8}|0[0-9]{9,10}|9[0-9]{10})$")]
    private static partial Regex Kookmin();

    [GeneratedRegex("^(?:1[0-6][0-9]{10}|56[0-2][0-9]{11}|[0-9]{11})$")]
    private static partial Regex Shinhan();

    [GeneratedRegex("^(?:1?00[2-7][0-9]{9}|[0-9]{11,12}|[0-9]{14})$")]
    private static partial Regex Woori();

    [GeneratedRegex("^(?:[0-9]{12}(?:01|02|04|05|07|08|37|94|60)|6[0-3][01][0-9]{9}|[0-9]{11})$")]
    private static partial Regex Hana();

    [GeneratedRegex("^(?:3(?:0[1256]|1[27]|5[1256])[0-9]{10}|79[0-2][0-9]{11}|[0-9]{11,12})$")]
    private static partial Regex Nonghyup();

    [GeneratedRegex("^(?:[0-9]{9}(?:0[1-467]|13)[0-9]{3}|[0-9]{10,12})$")]
    private static partial Regex Ibk();

    [GeneratedRegex("^(?:0(?:13|20|19|11|22)[0-9]{11}|[0-9]{11})$")]
    private static partial Regex Kdb();

    [GeneratedRegex("^(?:[0-9]{3}(?:10|20|30|15)[0-9]{6}|[0-9]{14})$")]
    private static partial Regex StandardChartered();

    [GeneratedRegex("^[0-9]{10,13}$")]
    private static partial Regex Citi();

    [GeneratedRegex("^[0-9]{10,14}$")]
    private static partial Regex Im();

    [GeneratedRegex("^[0-9]{12,13}$")]
    private static partial Regex Regional();

    [GeneratedRegex("^(?:9?00[2-5][0-9]{9,10}|[0-9]{4}(?:09|10|13)[0-9]{7})$")]
    private static partial Regex Saemaul();

    [GeneratedRegex("^[0-9]{6}(?:01|02|03)[0-9]{4,6}$")]
    private static partial Regex Post();

    [GeneratedRegex("^[0-9]{3}(?:13|21|22|23)[0-9]{9}$")]
    private static partial Regex Savings();

    [GeneratedRegex("^100[0-9]{9}$")]
    private static partial Regex Kbank();

    [GeneratedRegex("^(?:3333|3388|3355|3310|7777|7979|9101)[0-9]{9}$")]
    private static partial Regex Kakao();

    [GeneratedRegex("^1[0-9]{11}$")]
    private static partial Regex Toss();
}
