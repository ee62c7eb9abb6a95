namespace KbAlbertStream.Core.Entities;

/// <summary>The first three sentences of a text, where news says what it is about.</summary>
internal static class Lead
{
    private const int Sentences = 3;

    /// <summary>
    /// Where the lead ends. A sentence ends at a line break, or at . ! ? … followed by white space or a closing quote, so
    /// that "3.5%" ends none.
    /// </summary>
    public static int End(string text)
    {
        var sentences = 0;
        var blank = true;
        for (var i = 0; i < text.Length; i++)
        {
            var ends = text[i] is '\n' || (text[i] is '.' or '!' or '?' or '…' or '。' && IsClosed(text, i + 1));
            blank &= char.IsWhiteSpace(text[i]);
            if (ends && !blank && ++sentences == Sentences)
            {
                return i + 1;
            }

            blank |= ends;
        }

        return text.Length;
    }

    /// <summary>The lead itself.</summary>
    public static string Of(string text) => text[..End(text)];

    private static bool IsClosed(string text, int next) =>
        next == text.Length || char.IsWhiteSpace(text[next]) || text[next] is '"' or '\'' or '”' or '’' or ')';
}
