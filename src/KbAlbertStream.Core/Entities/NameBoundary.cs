using System.Collections.Frozen;

namespace KbAlbertStream.Core.Entities;

/// <summary>
/// Whether a name found in a text stands there as a name of its own: it begins a word, and the word goes on with
/// nothing but particles, or with a part or an office of the institution (지점, 노조, 회장 ...) and particles. So
/// "국민은행에서" and "국민은행강남지점은" are 국민은행, and "우리금융캐피탈" is not 우리금융.
/// </summary>
internal static class NameBoundary
{
    // A tail that is longer holds a further name; the bound also keeps the check constant in time.
    private const int LongestTail = 16;

    private static readonly FrozenSet<string> Particles = FrozenSet.ToFrozenSet(
    [
        "이", "가", "은", "는", "을", "를", "의", "에", "에서", "에서는", "에서도", "에서의", "에서만", "에선", "에게", "에게서",
        "에는", "에도", "에만", "에겐", "엔", "와", "과", "와의", "과의", "와는", "과는", "도", "만", "만의", "만이", "만은", "로",
        "으로", "로부터", "으로부터", "로서", "으로서", "로써", "으로써", "로의", "로는", "로도", "부터", "까지", "까지도", "까지의",
        "보다", "보다도", "처럼", "같은", "이나", "나", "라", "이라", "라고", "이라고", "라는", "이라는", "라며", "이라며", "란",
        "이란", "며", "이며", "고", "이고", "인", "인데", "인지", "이다", "다", "였다", "이었다", "입니다", "이에요", "예요", "이랑",
        "랑", "하고", "등", "등의", "등이", "등은", "등을", "등에", "등도", "들", "들이", "들은", "들의", "마다", "조차", "마저",
        "뿐", "밖에", "한테", "한테서", "께", "께서", "든", "이든", "든지", "이든지", "이야", "야", "요", "이요", "대로", "만큼",
        "간", "발", "發", "쪽", "쪽에서", "쪽은", "쪽에", "쪽이", "씩", "니까", "이니까", "지만", "이지만", "인가", "인가요",
    ]);

    private static readonly string[] Units =
    [
        "측", "노조", "노동조합", "지점", "본점", "영업점", "출장소", "본사", "영업부", "센터", "고객센터", "콜센터", "금융센터",
        "pb센터", "지점장", "센터장", "회장", "행장", "은행장", "사장", "부사장", "대표", "대표이사", "이사회", "이사", "임원",
        "임직원", "직원", "상담원", "상담사", "설계사", "고객", "앱", "어플", "홈페이지", "계좌", "통장", "대출", "예금", "적금",
        "창구", "주가", "주식", "주주", "주주총회", "장", "사태", "사건", "사고", "본부", "본부장", "부행장", "지부", "경영진", "ceo",
    ];

    // "강남지점" is a branch, "캐피탈강남지점" one of another company.
    private static readonly string[] Branches = ["지점", "영업점", "출장소", "금융센터", "센터", "영업부", "지점장", "pb센터"];

    private static readonly string[] Business =
    [
        "캐피탈", "증권", "카드", "생명", "보험", "손보", "화재", "은행", "자산", "운용", "저축", "투자", "페이", "신탁", "연구", "벤처",
    ];

    /// <summary>
    /// True when a name may begin at <paramref name="start"/>: not inside a word. A change from Hangul to Latin letters
    /// begins one ("은행은KB국민은행").
    /// </summary>
    public static bool MayBegin(string text, int start)
    {
        if (start == 0 || !char.IsLetterOrDigit(text[start - 1]))
        {
            return true;
        }

        return text[start - 1] is '前' or '現' or '舊' || (IsHangul(text[start - 1]) && char.IsAsciiLetter(text[start]));
    }

    /// <summary>True when the name that reaches up to <paramref name="end"/> is not part of a longer one.</summary>
    public static bool Ends(string text, int end)
    {
        var stop = end;
        while (stop < text.Length && stop - end <= LongestTail && char.IsLetterOrDigit(text[stop]))
        {
            stop++;
        }

        var tail = text[end..stop];
        return tail.Length <= LongestTail && (IsParticles(tail) || IsUnit(tail) || IsBranch(tail));
    }

    private static bool IsParticles(string tail) => tail.Length == 0 || Particles.Contains(tail);

    private static bool IsUnit(string tail) =>
        Units.Any(unit => tail.StartsWith(unit, StringComparison.Ordinal) && IsParticles(tail[unit.Length..]));

    private static bool IsBranch(string tail)
    {
        foreach (var branch in Branches)
        {
            var at = tail.IndexOf(branch, 1, StringComparison.Ordinal);
            if (at is > 0 and <= 5 && IsParticles(tail[(at + branch.Length)..])
                && !Business.Any(word => tail.AsSpan(0, at).Contains(word, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsHangul(char c) => c is >= '가' and <= '힣';
}
