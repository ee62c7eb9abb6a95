namespace KbAlbertStream.Core.Tokenization;

/// <summary>The five tokens with a meaning of their own, in the order in which missing ones get an id.</summary>
internal enum SpecialToken : byte
{
    /// <summary>[UNK]: a word that the vocabulary cannot spell.</summary>
    Unknown,

    /// <summary>[SEP]: the end of a text.</summary>
    Separator,

    /// <summary>[PAD]: fills up a batch.</summary>
    Padding,

    /// <summary>[CLS]: the start of a text.</summary>
    Start,

    /// <summary>[MASK]: a hidden token in pre-training.</summary>
    Mask,
}
