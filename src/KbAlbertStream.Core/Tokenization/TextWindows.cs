namespace KbAlbertStream.Core.Tokenization;

/// <summary>Cuts long texts into overlapping windows, so that nothing is ever left unread.</summary>
public static class TextWindows
{
    /// <summary>How many tokens a window shares with the one before: a phrase cut by one is whole in the other.</summary>
    public const int Overlap = 64;

    /// <summary>[CLS] and [SEP].</summary>
    internal const int SpecialTokens = 2;

    /// <summary>How many of a text's own tokens an input of that length holds.</summary>
    public static int Capacity(int maxLength) => maxLength - SpecialTokens;

    /// <summary>
    /// Appends the windows of a text of <paramref name="tokens"/> tokens; an empty text has one, of no tokens. Together
    /// they hold every token; all but the last are full. Windows too short for the overlap share half of themselves.
    /// </summary>
    /// <param name="first">The text's first token in its buffer: 0, unless other texts stand before it.</param>
    /// <param name="tokens">The number of tokens without [CLS] and [SEP].</param>
    /// <param name="maxLength">The longest input of the model, with [CLS] and [SEP]: at least 4.</param>
    /// <param name="windows">Where to.</param>
    public static void Split(int first, int tokens, int maxLength, List<TextWindow> windows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, SpecialTokens + 2);
        var capacity = Capacity(maxLength);
        var step = capacity - Math.Min(Overlap, capacity / 2);
        var start = first;
        var end = first + tokens;
        for (; start + capacity < end; start += step)
        {
            windows.Add(new TextWindow(start, capacity));
        }

        windows.Add(new TextWindow(start, end - start));
    }
}
