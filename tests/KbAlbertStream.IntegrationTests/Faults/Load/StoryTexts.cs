using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.IntegrationTests.Faults.Load;

/// <summary>
/// Headlines about institutions that count against them by what the world's model says: with weights by formula only
/// trying tells. Those near a threshold are left out, so that no rounding can tip them. And headlines about nobody.
/// </summary>
internal sealed class StoryTexts
{
    private const int Institutions = 40;
    private const int PerInstitution = 10;
    private const int Numbers = 8;
    private const double Margin = 0.005;

    private static readonly string[] Events =
    [
        "고객 정보 유출", "직원 횡령 적발", "전산 장애", "불완전판매 제재", "소송 패소", "금리 인하", "신상품 출시", "노사 합의",
        "채용 비리 의혹", "배당 확대", "보험금 분쟁", "지점 폐쇄", "부실 대출", "주가 조작 수사", "사회 공헌", "앱 개편",
    ];

    private StoryTexts(IReadOnlyList<string[]> negative, string[] calm)
    {
        Negative = negative;
        Calm = calm;
    }

    /// <summary>An array an institution: ten headlines that count against it.</summary>
    public IReadOnlyList<string[]> Negative { get; }

    /// <summary>Headlines that count against nobody.</summary>
    public string[] Calm { get; }

    /// <summary>Tries headlines until there are enough.</summary>
    public static StoryTexts Choose(TextScorer scorer)
    {
        var negative = InstitutionDictionary.Load(InstitutionDictionary.ShippedPath).Institutions
            .Where(institution => institution.Type is "bank" or "card" or "life" or "nonlife" or "securities")
            .Select(institution => Keep(scorer, Titles(institution.Name), scores => scores.NegativeReputation > 0.6))
            .Where(titles => titles.Length == PerInstitution)
            .ToList();
        string[] calm = [.. new[] { "업계", "시장", "당국", "전문가", "연구원" }.SelectMany(who => Keep(scorer, Titles(who), _ => true))];
        Assert.True(negative.Count >= Institutions && calm.Length > PerInstitution, $"{negative.Count}, {calm.Length} calm");
        return new StoryTexts(negative, calm);
    }

    private static string[] Titles(string who) =>
        [.. Events.SelectMany(what => Enumerable.Range(2, Numbers), (what, number) => $"{who} {what}, {number}건째")];

    private static string[] Keep(TextScorer scorer, string[] titles, Func<RiskScores, bool> fits)
    {
        var preparer = new TextPreparer();
        return
        [
            .. titles.Zip(scorer.Score([.. titles.Select(title => preparer.Prepare(title, ""))]))
                .Where(pair => fits(pair.Second) && IsClear(pair.Second)).Select(pair => pair.First).Take(PerInstitution),
        ];
    }

    private static bool IsClear(RiskScores scores) =>
        scores.Reputation.Probabilities.Concat(scores.Compliance.Probabilities).All(p => Math.Abs(p - 0.5) > Margin);
}
