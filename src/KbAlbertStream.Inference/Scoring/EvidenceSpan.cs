using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>
/// Finds what to show of a text as the reason for a label: whole words of one sentence, at most
/// <see cref="MaxLength"/> characters.
/// </summary>
internal static class EvidenceSpan
{
    /// <summary>The longest span, in UTF-16 units. A single word that is longer is cut.</summary>
    public const int MaxLength = 80;

    /// <summary>The span whose tokens add most; of equal ones the shortest, then the first. Empty for a text without tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="title">How many characters of it are the title.</param>
    /// <param name="contributions">What its tokens add.</param>
    public static Range Of(string text, int title, TokenContributions contributions)
    {
        var (best, most) = (0..0, double.NegativeInfinity);
        foreach (var sentence in Sentences.Of(text, title))
        {
            var words = Words(text, sentence).Select(word => (Word: word, Adds: Sum(contributions, word))).ToArray();
            for (var first = 0; first < words.Length; first++)
            {
                var sum = 0.0;
                var start = words[first].Word.Start.Value;
                for (var last = first; last < words.Length && Fits(start, words, first, last); last++)
                {
                    // A word that the window does not hold says nothing.
                    if (words[last].Adds is not { } adds)
                    {
                        break;
                    }

                    sum += adds;
                    var span = Cut(text, start..words[last].Word.End.Value);
                    if (sum > most || (sum == most && Length(span) < Length(best)))
                    {
                        (best, most) = (span, sum);
                    }
                }
            }
        }

        return best;
    }

    /// <summary>As many whole words from the start of a span as fit.</summary>
    public static Range Beginning(string text, Range span)
    {
        var start = span.Start.Value;
        var end = start;
        foreach (var word in Words(text, span).TakeWhile(word => end == start || word.End.Value - start <= MaxLength))
        {
            end = word.End.Value;
        }

        return Cut(text, start..end);
    }

    private static int Length(Range span) => span.End.Value - span.Start.Value;

    private static bool Fits(int start, (Range Word, double? Adds)[] words, int first, int last) =>
        last == first || words[last].Word.End.Value - start <= MaxLength;

    private static Range Cut(string text, Range span)
    {
        var (start, end) = (span.Start.Value, Math.Min(span.End.Value, span.Start.Value + MaxLength));
        return start..(end < span.End.Value && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end);
    }

    private static double? Sum(TokenContributions contributions, Range word)
    {
        double? sum = null;
        var at = Array.BinarySearch(contributions.Starts, word.Start.Value);
        for (var i = at < 0 ? ~at : First(contributions.Starts, at); i < contributions.Starts.Length; i++)
        {
            if (contributions.Starts[i] >= word.End.Value)
            {
                break;
            }

            sum = (sum ?? 0) + contributions.Values[i];
        }

        return sum;
    }

    // Several tokens may begin at one character: jamo of one syllable.
    private static int First(int[] starts, int at)
    {
        while (at > 0 && starts[at - 1] == starts[at])
        {
            at--;
        }

        return at;
    }

    private static IEnumerable<Range> Words(string text, Range within)
    {
        var end = within.End.Value;
        for (var i = within.Start.Value; i < end;)
        {
            var start = i;
            while (i < end && !char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            if (i > start)
            {
                yield return start..i;
            }

            i++;
        }
    }
}
