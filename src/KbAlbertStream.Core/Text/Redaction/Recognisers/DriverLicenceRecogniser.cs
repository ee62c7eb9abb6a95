using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>Driver's licence numbers (운전면허): region code or name, year, serial number, check digits.</summary>
internal sealed partial class DriverLicenceRecogniser() : PatternRecogniser(
    "DRIVER", new Form(WithCode, 12), new Form(WithName, 10), new Form(Loose, 12, Context))
{
    private const int LooseForm = 2;

    private static readonly WordSet Context = Words.Of("면허");

    [GeneratedRegex(
        Shapes.Start + "(?:1[1-9]|2[0-68])(?: ?- ?| )[0-9]{2}(?: ?- ?| )[0-9]{6}(?: ?- ?| )[0-9]{2}" + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex WithCode { get; }

    [GeneratedRegex(
        "(?:서울|부산|경기|강원|충북|충남|전북|전남|경북|경남|제주|대구|인천|광주|대전|울산)(?: ?- ?| )?"
        + "[0-9]{2}(?: ?- ?| )[0-9]{6}(?: ?- ?| )[0-9]{2}" + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex WithName { get; }

    [GeneratedRegex(
        Shapes.Start + "(?:1 ?[1-9]|2 ?[0-68])" + Shapes.Break + Shapes.Two + Shapes.Break + Shapes.Six + Shapes.Break
        + Shapes.Two + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex Loose { get; }

    protected override Verdict Judge(Candidate candidate, int form) =>
        form != LooseForm || candidate.IsNear(Context) ? Verdict.Mask : Verdict.None;
}
