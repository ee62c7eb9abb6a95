using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>Registration numbers of foreigners (외국인등록번호, 국내거소신고번호), also partly hidden.</summary>
internal sealed partial class FrnRecogniser() : PatternRecogniser(
    "FRN",
    new Form(Full, 13),
    new Form(PartlyHidden, 8),
    new Form(HiddenBirthDate, 13),
    new Form(AnyThirteen, 13, ResidentNumber.ForeignerLabel))
{
    private const int FullForm = 0;
    private const int AnyThirteenForm = 3;

    [GeneratedRegex(
        ResidentNumber.BirthDate + "[5-8](?: ?[0-9]){6}" + Shapes.End, RegexOptions.CultureInvariant)]
    private static partial Regex Full { get; }

    [GeneratedRegex(
        ResidentNumber.BirthDate + "[5-8][0-9]{0,5}[*xX#]{1,7}(?![0-9*xX#])", RegexOptions.CultureInvariant)]
    private static partial Regex PartlyHidden { get; }

    [GeneratedRegex(@"(?<![0-9*xX#])[*xX#]{6} ?- ?[5-8][0-9]{6}" + Shapes.End, RegexOptions.CultureInvariant)]
    private static partial Regex HiddenBirthDate { get; }

    [GeneratedRegex(
        Shapes.Start + Shapes.Six + Shapes.Break + Shapes.Seven + Shapes.End, RegexOptions.CultureInvariant)]
    private static partial Regex AnyThirteen { get; }

    protected override Verdict Judge(Candidate candidate, int form) => form switch
    {
        FullForm => ResidentNumber.Judge(candidate),
        AnyThirteenForm => ResidentNumber.IsAnnounced(candidate, foreigner: true) ? Verdict.Mask : Verdict.None,
        _ => Verdict.Mask,
    };
}
