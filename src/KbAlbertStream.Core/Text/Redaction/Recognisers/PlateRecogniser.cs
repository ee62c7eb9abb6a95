using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>Vehicle plates (12가 3456, 서울 12가 3456) next to a word about vehicles.</summary>
internal sealed partial class PlateRecogniser() : PatternRecogniser("PLATE", new Form(Plate, 4, Context))
{
    private static readonly WordSet Context = new("차량", "번호판", "차번호", "차 번호", "자동차", "plate");

    [GeneratedRegex(
        "(?:(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주) ?)?"
        + Shapes.Start + "[0-9](?: ?[0-9]){1,2} ?[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주아바사자배하허호]"
        + " ?" + Shapes.Four + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex Plate { get; }

    protected override Verdict Judge(Candidate candidate, int form) =>
        candidate.IsNear(Context) ? Verdict.Mask : Verdict.None;
}
