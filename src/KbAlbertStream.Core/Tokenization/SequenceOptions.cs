namespace KbAlbertStream.Core.Tokenization;

/// <summary>How a model's input is made of a text or two.</summary>
public sealed record SequenceOptions
{
    /// <summary>The longest sequence in tokens, with [CLS] and [SEP]: for truncation and padding.</summary>
    public int MaxLength { get; init; } = 512;

    /// <summary>Which text is cut when it is longer.</summary>
    public Truncation Truncation { get; init; }

    /// <summary>Whether shorter sequences are filled up with [PAD], on the right.</summary>
    public bool PadToMaxLength { get; init; }
}
