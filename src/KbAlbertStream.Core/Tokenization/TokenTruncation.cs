namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// How many tokens of one text or two are kept. The reference's two implementations, its fast one (WordPiece) and its
/// slow one (KB-ALBERT-CHAR-v1), differ in who keeps an odd token and in what cannot be cut.
/// </summary>
internal static class TokenTruncation
{
    private const string TooShort = "The text to be cut is too short for the longest length that was asked for.";

    /// <summary>What is kept of each text.</summary>
    /// <param name="kind">Whose rules.</param>
    /// <param name="truncation">Which text is cut.</param>
    /// <param name="budget">Tokens allowed without special tokens; may be negative.</param>
    /// <param name="first">Tokens of the first text.</param>
    /// <param name="second">Tokens of the second text; null for none.</param>
    /// <exception cref="TruncationException">The fast implementation refuses.</exception>
    public static (int First, int Second) Keep(
        TokenizerKind kind, Truncation truncation, int budget, int first, int? second)
    {
        var excess = first + (second ?? 0) - budget;
        if (truncation == Truncation.None || excess <= 0)
        {
            return (first, second ?? 0);
        }

        return kind == TokenizerKind.KbCharV1
            ? KeepSlow(truncation, excess, first, second)
            : KeepFast(truncation, budget, excess, first, second);
    }

    private static (int First, int Second) KeepFast(Truncation truncation, int budget, int excess, int first, int? second)
    {
        if (budget <= 0)
        {
            return budget == 0 ? (0, 0) : (first, second ?? 0);
        }

        switch (truncation)
        {
            case Truncation.LongestFirst when second is null:
                return (budget, 0);
            case Truncation.LongestFirst:
                var shorter = Math.Min(first, second.Value);
                var longer = shorter > budget ? shorter : Math.Max(shorter, budget - shorter);
                if (shorter + longer > budget)
                {
                    shorter = budget / 2;
                    longer = shorter + (budget % 2);
                }

                return first <= second ? (shorter, longer) : (longer, shorter);
            case Truncation.OnlySecond when second is null:
                throw new TruncationException("The second text is to be cut, but there is none.");
            case Truncation.OnlySecond:
                return second > excess ? (first, second.Value - excess) : throw new TruncationException(TooShort);
            default:
                return first > excess ? (first - excess, second ?? 0) : throw new TruncationException(TooShort);
        }
    }

    private static (int First, int Second) KeepSlow(Truncation truncation, int excess, int first, int? second)
    {
        if (truncation == Truncation.LongestFirst && second is { } length)
        {
            var fromLonger = Math.Min(Math.Abs(first - length), excess);
            var fromBoth = excess - fromLonger;
            var less = fromBoth / 2;
            var more = fromBoth - less;
            return first > length
                ? (Math.Max(0, first - fromLonger - less), Math.Max(0, length - more))
                : (Math.Max(0, first - less), Math.Max(0, length - fromLonger - more));
        }

        // What would be cut away as a whole is not cut at all.
        return truncation == Truncation.OnlySecond
            ? (first, second > excess ? second.Value - excess : second ?? 0)
            : (first > excess ? first - excess : first, second ?? 0);
    }
}
