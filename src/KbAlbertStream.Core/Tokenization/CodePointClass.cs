namespace KbAlbertStream.Core.Tokenization;

/// <summary>What BERT's pre-tokenizer does with a code point.</summary>
internal enum CodePointClass : byte
{
    /// <summary>Stays in the word it stands in.</summary>
    Joined,

    /// <summary>Vanishes; the letters around it join.</summary>
    Removed,

    /// <summary>Ends a word.</summary>
    Space,

    /// <summary>Punctuation: a word of its own.</summary>
    Punctuation,

    /// <summary>A CJK ideograph: a word of its own.</summary>
    Ideograph,
}
