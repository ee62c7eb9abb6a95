using System.Text.RegularExpressions;

namespace KbAlbertStream.Core.Text.Redaction.Recognisers;

/// <summary>E-mail addresses, also with the sign or the dots written out.</summary>
internal sealed partial class EmailRecogniser() : Recogniser("EMAIL")
{
    private const int LongestHangulName = 10;

    // One of these is in all that At finds; without any, which is the usual text, it need not try at every space.
    private static readonly WordSet Signs = Words.Of("@ 골뱅이 at");

    [GeneratedRegex(@" ?(?:@|골뱅이|[(\[{<]\s?at\s?[)\]}>]) ?| at ", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex At { get; }

    // The last label is Latin or 한국, so that particles and the next sentence are not taken for a part of it.
    [GeneratedRegex(
        @"\G(?:[A-Za-z0-9\-]{1,63}|[가-힣]{1,20}?)"
        + @"(?:(?: ?\. ?|닷|점| ?[(\[{]?\s?dot\s?[)\]}]? ?)(?:[A-Za-z0-9\-]{1,63}|[가-힣]{1,20}?)){0,6}?"
        + @"(?: ?\. ?|닷| ?[(\[{]\s?dot\s?[)\]}] ?| dot )(?:[A-Za-z][A-Za-z0-9\-]{0,62}(?:\.[A-Za-z]{2,63}){0,4}|한국|컴|넷)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Domain { get; }

    public override void Find(ShadowText text, ICollection<Hit> hits)
    {
        if (!Signs.IsIn(text.Text))
        {
            return;
        }

        var previous = 0;
        foreach (var at in At.EnumerateMatches(text.Text))
        {
            var start = StartOfLocalPart(text.Text, at.Index, previous);
            var domain = Domain.Match(text.Text, at.Index + at.Length);
            if (start < at.Index && domain.Success)
            {
                hits.Add(new Hit(start, domain.Index + domain.Length, Type));
            }

            // Each character belongs to the sign after it, which keeps the scan linear.
            previous = at.Index + at.Length;
        }
    }

    private static int StartOfLocalPart(string text, int end, int first)
    {
        var start = end;
        while (start > first && (char.IsAsciiLetterOrDigit(text[start - 1]) || ".%+-_".Contains(text[start - 1])))
        {
            start--;
        }

        // A name in Hangul only when there is no Latin one: otherwise it is the word before.
        while (start > first && start > end - LongestHangulName && text[start - 1] is >= '가' and <= '힣'
            && !text.AsSpan(start..end).ContainsAnyInRange('!', '~'))
        {
            start--;
        }

        return start;
    }
}
