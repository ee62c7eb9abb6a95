using System.Collections.Immutable;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>A model's input, all lists of the same length.</summary>
public sealed record EncodedSequence
{
    /// <summary><c>input_ids</c>.</summary>
    public required ImmutableArray<int> Ids { get; init; }

    /// <summary><c>token_type_ids</c>: 1 for the second text and the [SEP] after it, else 0.</summary>
    public required ImmutableArray<int> TokenTypes { get; init; }

    /// <summary><c>attention_mask</c>: 0 for padding, else 1.</summary>
    public required ImmutableArray<int> AttentionMask { get; init; }

    /// <summary>
    /// <c>offset_mapping</c>, in UTF-16 units of the text that the token comes from; 0, 0 for [CLS], [SEP] and [PAD] that
    /// stand in no text. <see cref="CodePointPlaces"/> turns them into Python's.
    /// </summary>
    public required ImmutableArray<(int Start, int End)> Offsets { get; init; }
}
