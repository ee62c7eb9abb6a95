namespace KbAlbertStream.Core.Text;

/// <summary>Cuts a text into sentences, for people to read; nothing is scored by it.</summary>
public static class Sentences
{
    private const string Ends = ".!?…。！？";

    /// <summary>
    /// The sentences of a text, without the space around them: they end at a line's end, and at a full stop, question or
    /// exclamation mark with space after it. A title is one sentence, whatever marks it has: "…" joins the two halves of a headline.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="title">How many characters of it are the title; 0 for none.</param>
    public static IEnumerable<Range> Of(string text, int title = 0)
    {
        ArgumentNullException.ThrowIfNull(text);
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && (i < title || (i > title && !IsEnd(text, i))))
            {
                continue;
            }

            if (Trim(text, start, i) is { } sentence)
            {
                yield return sentence;
            }

            start = i;
        }
    }

    // Between the mark and the space after it; or at the line's end.
    private static bool IsEnd(string text, int i) =>
        text[i] is '\n' or '\r' || (i > 0 && char.IsWhiteSpace(text[i]) && Ends.Contains(text[i - 1]));

    private static Range? Trim(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return end > start ? start..end : null;
    }
}
