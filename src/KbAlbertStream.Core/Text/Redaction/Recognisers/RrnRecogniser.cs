using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>Resident registration numbers (주민등록번호), also partly hidden.</summary>
internal sealed partial class RrnRecogniser()
    : PatternRecogniser(
        "RRN",
        new Form(Full, 13),
        new Form(PartlyHidden, 8),
        new Form(HiddenBirthDate, 13),
        new Form(FirstSeven, 7, ResidentNumber.Personal),
        new Form(AnyThirteen, 13, ResidentNumber.CitizenLabel),
        new Form(SecondHalf, 7, ResidentNumber.SecondHalf))
{
    private const int FullForm = 0;
    private const int FirstSevenForm = 3;
    private const int AnyThirteenForm = 4;

    [GeneratedRegex(
        ResidentNumber.BirthDate + "[1-4](?: ?[0-9]){6}" + Shapes.End, RegexOptions.CultureInvariant)]
    private static partial Regex Full { get; }

    [GeneratedRegex(
        ResidentNumber.BirthDate + "(?:[1-4][0-9]{0,5}[*xX#]{1,7}|[*#]{6,7}|[xX]{6,7})(?![0-9*xX#])",
        RegexOptions.CultureInvariant)]
    private static partial Regex PartlyHidden { get; }

    [GeneratedRegex(@"(?<![0-9*xX#])[*xX#]{6} ?- ?[1-4][0-9]{6}" + Shapes.End, RegexOptions.CultureInvariant)]
    private static partial Regex HiddenBirthDate { get; }

    [GeneratedRegex(ResidentNumber.BirthDate + "[0-9]" + Shapes.End, RegexOptions.CultureInvariant)]
    private static partial Regex FirstSeven { get; }

    [GeneratedRegex(
        Shapes.Start + Shapes.Six + Shapes.Break + Shapes.Seven + Shapes.End, RegexOptions.CultureInvariant)]
    private static partial Regex AnyThirteen { get; }

    // The first half, named so, is a date of birth to its own recogniser.
    [GeneratedRegex("(?<=뒷 ?자리[^0-9]{0,6})[0-8][0-9]{6}" + Shapes.End, RegexOptions.CultureInvariant)]
    private static partial Regex SecondHalf { get; }

    protected override Verdict Judge(Candidate candidate, int form) => form switch
    {
        FullForm => ResidentNumber.Judge(candidate),
        FirstSevenForm => Mask(candidate.Span.Length > 7 && ResidentNumber.IsPersonal(candidate)),
        AnyThirteenForm => Mask(ResidentNumber.IsAnnounced(candidate, foreigner: false)),
        _ => Verdict.Mask,
    };

    private static Verdict Mask(bool isPersonal) => isPersonal ? Verdict.Mask : Verdict.None;
}
