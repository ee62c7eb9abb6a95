namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>Words that say what a number is.</summary>
internal static class Words
{
    /// <summary>The words, separated by spaces in <paramref name="words"/>; case does not matter.</summary>
    public static WordSet Of(string words) => new(words.Split(' '));

    /// <summary>One past the last occurrence of any of the words; -1 without one.</summary>
    public static int EndOfLast(ReadOnlySpan<char> text, string[] words)
    {
        var end = -1;
        foreach (var word in words)
        {
            var index = text.LastIndexOf(word, StringComparison.OrdinalIgnoreCase);
            end = index < 0 ? end : Math.Max(end, index + word.Length);
        }

        return end;
    }
}
