using System.Collections.Immutable;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>How the special tokens are written.</summary>
internal static class SpecialTokens
{
    /// <summary>Their spellings, by <see cref="SpecialToken"/>.</summary>
    public static ImmutableArray<string> Literals { get; } = ["[UNK]", "[SEP]", "[PAD]", "[CLS]", "[MASK]"];

    /// <summary>The special token that <paramref name="text"/> starts with, and its length; None otherwise.</summary>
    public static SpecialToken StartOf(ReadOnlySpan<char> text, out int length)
    {
        for (var i = 0; i < Literals.Length; i++)
        {
            if (text.StartsWith(Literals[i], StringComparison.Ordinal))
            {
                length = Literals[i].Length;
                return (SpecialToken)i;
            }
        }

        length = 0;
        return SpecialToken.None;
    }
}
