namespace KbAlbertStream.Core.Tokenization;

/// <summary>A run of a text's tokens that the model reads at once.</summary>
/// <param name="Start">Its first token.</param>
/// <param name="Count">How many tokens, without [CLS] and [SEP]; 0 only for an empty text.</param>
public readonly record struct TextWindow(int Start, int Count)
{
    /// <summary>The length that the model sees: with [CLS] and [SEP].</summary>
    public int Length => Count + TextWindows.SpecialTokens;

    /// <summary>Where the window's characters stand in the text that <paramref name="tokens"/> came from.</summary>
    public Range CharactersOf(TokenBuffer tokens) =>
        Count == 0 ? 0..0 : tokens.Starts[Start]..tokens.Ends[Start + Count - 1];
}
