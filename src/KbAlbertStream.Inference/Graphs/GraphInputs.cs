namespace KbAlbertStream.Inference.Graphs;

/// <summary>
/// The graph's inputs. T = tokens of all texts, B = texts, S = tokens of the longest. Without padding all are int32 and
/// hidden states are (T, H): no row is padding; only attention pads, by gathering rows. Padded graphs have
/// <see cref="Ids"/>, <see cref="AttentionMask"/> and <see cref="TokenTypes"/>, int64 (B, S).
/// </summary>
internal static class GraphInputs
{
    /// <summary>(1, T): the ids of all texts, one after the other, each with [CLS] and [SEP].</summary>
    public const string Ids = "input_ids";

    /// <summary>(1, T): each token's place in its text, from 0.</summary>
    public const string Positions = "position_ids";

    /// <summary>(B, S): the row of token s of text b; any row where the text has ended.</summary>
    public const string PaddedRows = "padded_rows";

    /// <summary>(B): tokens of each text.</summary>
    public const string Lengths = "lengths";

    /// <summary>(T): where each token stands in the flattened (B, S), b * S + s.</summary>
    public const string TokenSlots = "token_slots";

    /// <summary>(B): the row of each text's [CLS].</summary>
    public const string StartRows = "start_rows";

    /// <summary>(1, T), or (B, S) with padding: each token's type, in graphs that have token types.</summary>
    public const string TokenTypes = "token_type_ids";

    /// <summary>(B, S), in padded graphs: 1 where a token stands.</summary>
    public const string AttentionMask = "attention_mask";
}
