using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Entities;

/// <summary>
/// Whether a text is about sport, where the names of banks and insurers are the names of teams. One word of the court
/// is enough in a title; a text without one in its title needs two different ones, so that a passing mention of a
/// company's volleyball team leaves a business story what it is.
/// </summary>
internal static partial class SportsContext
{
    public static bool IsSport(string normalizedTitle, string normalizedText) =>
        Certain().IsMatch(normalizedTitle)
        || Distinct(normalizedTitle, 2)
        || Distinct(Lead.Of(normalizedText), 2)
        || (Possible().IsMatch(normalizedTitle) && Certain().IsMatch(Lead.Of(normalizedText)));

    private static bool Distinct(string text, int wanted)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var match in Words().EnumerateMatches(text))
        {
            if (seen.Add(text.Substring(match.Index, match.Length)) && seen.Count >= wanted)
            {
                return true;
            }
        }

        return false;
    }

    private const string CertainWords =
        "배구|농구|축구|야구|여자부|남자부|v-?리그|k-?리그|wkbl|kbl|kbo|lpga|klpga|pba|lck|프로팀|포스트시즌|정규리그|챔프전|챔피언결정전|올스타전"
        + "|[0-9]세트|세트 ?스코어|풀세트|[0-9]쿼터|[0-9]연승|[0-9]연패|[0-9]라운드|[0-9]득점|트리플크라운|3점포|3점슛|블로킹"
        + "|골프단|탁구단|사격단|e스포츠|이글스|히어로즈|자이언츠|스타즈|위비|배구단|농구단|야구단|여자프로|남자프로";

    private const string PossibleWords =
        "연승|연패|세트|승점|완승|완파|완패|역전승|역전극|대승|신승|꺾고|꺾어|제압|격파|선두|단독 ?[0-9]위|꼴찌|최하위|탈꼴찌|감독|사령탑"
        + "|코치|외인|외국인 선수|주포|세터|리베로|센터백|득점|어시스트|리바운드|선수|선수단|우승|준우승|결승|준결승|8강|4강|개막전|원정|홈경기"
        + "|홈구장|시즌|신인 드래프트|fa|구단|코트|스파이크|서브|디그|전승|전패|후원선수|세계랭킹|올림픽|국가대표|대역전|판정승|일격";

    [GeneratedRegex(CertainWords, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Certain();

    [GeneratedRegex(PossibleWords, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Possible();

    [GeneratedRegex(CertainWords + "|" + PossibleWords, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
