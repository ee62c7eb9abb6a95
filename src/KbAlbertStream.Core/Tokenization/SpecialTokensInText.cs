namespace KbAlbertStream.Core.Tokenization;

/// <summary>What a literal such as <c>[SEP]</c> in somebody's text becomes.</summary>
public enum SpecialTokensInText
{
    /// <summary>
    /// The special token's id, also inside a word: what the reference implementation does, and what its golden ids
    /// hold. Whoever writes a text can then end it early for the model, or hide a word from it.
    /// </summary>
    BecomeIds,

    /// <summary>
    /// Ordinary characters: <c>[</c>, <c>SEP</c>, <c>]</c>. The bundles that the trainer writes ask for this one,
    /// because the service reads the words of strangers.
    /// </summary>
    StayText,
}
