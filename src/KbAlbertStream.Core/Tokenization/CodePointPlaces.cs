namespace KbAlbertStream.Core.Tokenization;

/// <summary>Places in a text counted in code points, as Python counts them, instead of in UTF-16 units.</summary>
public static class CodePointPlaces
{
    /// <summary>The places in code points; a lone surrogate counts as one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="places">Places in UTF-16 units, none smaller than the one before and none beyond the text.</param>
    public static int[] Of(ReadOnlySpan<char> text, ReadOnlySpan<int> places)
    {
        var converted = new int[places.Length];
        int at = 0, codePoints = 0;
        for (var i = 0; i < places.Length; i++)
        {
            for (; at < places[i]; at++)
            {
                var isSecondHalf = at > 0 && char.IsSurrogatePair(text[at - 1], text[at]);
                codePoints += isSecondHalf ? 0 : 1;
            }

            converted[i] = codePoints;
        }

        return converted;
    }
}
