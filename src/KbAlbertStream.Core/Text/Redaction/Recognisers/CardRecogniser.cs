using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>Payment card numbers of 16 or (American Express) 15 digits, also partly hidden.</summary>
internal sealed partial class CardRecogniser() : PatternRecogniser(
    "CARD", new Form(Sixteen, 16), new Form(Fifteen, 15), new Form(PartlyHidden, 16))
{
    private const int PartlyHiddenForm = 2;
    private const int FewestHidden = 2;
    private const int FewestShown = 4;

    private static readonly WordSet Context = Words.Of("카드 card 유효기간 CVC");

    [GeneratedRegex(
        Shapes.Start + Shapes.Four + "(?:" + Shapes.Break + Shapes.Four + "){3}" + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex Sixteen { get; }

    [GeneratedRegex(
        Shapes.Start + "3 ?[47] ?" + Shapes.Two + Shapes.Break + Shapes.Six + Shapes.Break + Shapes.Five + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex Fifteen { get; }

    [GeneratedRegex(
        Shapes.Start + "[0-9]" + Shapes.Hidden + "{3}(?:" + Shapes.Dash + Shapes.Hidden + "{4}){3}" + Shapes.End,
        RegexOptions.CultureInvariant)]
    private static partial Regex PartlyHidden { get; }

    protected override Verdict Judge(Candidate candidate, int form)
    {
        if (form == PartlyHiddenForm)
        {
            return candidate.HiddenDigits >= FewestHidden && candidate.Digits.Length >= FewestShown
                ? Verdict.Mask
                : Verdict.None;
        }

        var digits = candidate.Digits;
        var looksRight = digits[0] is '3' or '4' or '5' or '6' or '9' && Checksums.Luhn(digits) && IsGrouped(candidate);
        return looksRight || candidate.IsNear(Context) ? Verdict.Mask : Verdict.None;
    }

    // Columns of figures must not add up to a card.
    private static bool IsGrouped(Candidate candidate)
    {
        var groups = candidate.Groups;
        return groups.Count == 1 || groups.TrueForAll(length => length == 1) || groups is [4, 4, 4, 4] or [4, 6, 5];
    }
}
