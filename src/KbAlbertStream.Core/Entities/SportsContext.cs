namespace KbAlbertStream.Core.Entities;

/// <summary>
/// Whether a text is about sport, where the names of banks and insurers are the names of teams. A word of the court
/// weighs 2, a word that business uses too weighs 1, a word of business alone takes 2 away; each counts once. A title
/// needs 2, a lead 4, or the title 1 and the lead 2: so a business story that mentions the company's volleyball team
/// stays what it is.
/// </summary>
internal static class SportsContext
{
    /// <summary>A '#' stands for a digit: "3세트" and "5연승" are of the court, a gift "세트" is not.</summary>
    private static readonly string[] Court =
    [
        "배구", "농구", "축구", "야구", "여자부", "남자부", "v리그", "v-리그", "k리그", "wkbl", "kbl", "kovo", "lpga", "포스트시즌", "정규리그",
        "챔프전", "챔피언결정전", "올스타", "세트 스코어", "세트스코어", "풀세트", "트리플크라운", "#점슛", "#점포", "블로킹", "골프단", "탁구단", "사격단",
        "e스포츠", "이글스", "히어로즈", "자이언츠", "스타즈", "매직넘버", "리시브", "세터", "리베로", "꺾고", "꺾어", "꺾은", "격파",
        "완파", "역전승", "역전극", "판정승", "진땀승", "통합우승", "통합 우승", "만원 관중", "더블더블", "설욕", "리바운드", "어시스트", "홈경기",
        "꼴찌", "개막전", "준결승", "프로팀", "연패", "#세트", "#쿼터", "#연승", "#득점", "#라운드", "#승째", "#전 전승", "# 승리", "po #차전", "첫 연승",
        "##점 ", "fa 전원", "fa 대어", "fa 계약",
    ];

    private static readonly string[] Hints =
    [
        "연승", "세트", "승점", "완승", "완패", "대승", "신승", "제압", "선두", "최하위", "감독", "사령탑", "코치", "외인", "외국인 선수", "외국인 후보",
        "득점", "선수", "우승", "결승", "원정", "홈구장", "시즌", "드래프트", "코트", "스파이크", "서브", "디그", "세계랭킹", "올림픽", "국가대표", "승리",
        "탈환", "부상", "결장", "통증", "영입", "잔류", "활약", "폭발", "앞세운", "합작", "제물", "품에", "레프트", "대한항공", "한국전력", "gs칼텍스",
        "도로공사", "인삼공사", "발목", "허리", "첫 승", "mvp", "전승", "쌍포", "날벼락", "구단", "#위 ", "전반기", "ps ", "po ", "fa ", "거포", "주포", "용병",
    ];

    private static readonly string[] Business =
    [
        "리딩뱅크", "리딩금융", "순익", "순이익", "영업익", "실적", "횡령", "배임", "제재", "과징금", "과태료", "금감원", "금융위", "유출", "해킹", "대출", "예금",
        "적금", "보험금", "펀드", "검찰", "경찰", "소송", "고소", "피해자", "불완전판매", "민원", "지배구조", "지분", "상장", "주가", "목표가", "배당", "채권",
    ];

    /// <summary>Longer words that hold one of the court's and are none; the leftmost and longest match wins.</summary>
    private static readonly string[] Innocent =
    [
        "금융감독", "관리감독", "감독원", "감독당국", "감독 당국", "감독기관", "감독규정", "감독체계", "감독자협의회", "감독 강화", "감독방안", "감독 방안", "감독국",
        "감독분담금", "서브프라임", "축구장", "여자부장", "분배구조", "담배구", "건축구조", "건축구", "조용병", "철거포기", "지구단위",
    ];

    private static readonly string[] Words = [.. Court, .. Hints, .. Business, .. Innocent];
    private static readonly AhoCorasick Search = new(Words);

    public static bool IsSport(string normalizedTitle, string normalizedText)
    {
        var title = Weight(normalizedTitle);
        if (title is >= 2 or < 0)
        {
            return title >= 2;
        }

        var lead = Weight(Lead.Of(normalizedText));
        return lead >= 4 || (title == 1 && lead >= 2);
    }

    private static int Weight(string normalized)
    {
        var digitless = string.Create(normalized.Length, normalized, (span, text) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiDigit(text[i]) ? '#' : text[i];
            }
        });

        var found = new HashSet<int>();
        foreach (var match in Search.LeftmostLongest(digitless, static (_, _) => true))
        {
            found.Add(match.Pattern);
        }

        return found.Sum(WeightOf);
    }

    private static int WeightOf(int word)
    {
        var hints = word - Court.Length;
        var business = hints - Hints.Length;
        var innocent = business - Business.Length;
        return hints < 0 ? 2 : business < 0 ? 1 : innocent < 0 ? -2 : 0;
    }
}
