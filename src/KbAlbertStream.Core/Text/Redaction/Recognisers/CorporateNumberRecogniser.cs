using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>Corporate registration numbers (법인등록번호): not personal, so they stay.</summary>
internal sealed partial class CorporateNumberRecogniser() : PatternRecogniser("CORP", new Form(Dashed, 13, Context))
{
    private static readonly WordSet Context = Words.Of("법인 등기");

    [GeneratedRegex(Shapes.Start + "[0-9]{6}-[0-9]{7}" + Shapes.End, RegexOptions.CultureInvariant)]
    private static partial Regex Dashed { get; }

    protected override Verdict Judge(Candidate candidate, int form) =>
        candidate.IsNear(Context, before: 20, after: 10) ? Verdict.Keep : Verdict.None;
}
