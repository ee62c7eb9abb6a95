using System.Collections.Immutable;

namespace KbAlbertStream.Trainer.Data;

/// <summary>The special tokens of the vocabularies that are built here: always the first five, in this order.</summary>
internal static class SpecialIds
{
    /// <summary>Their texts, by id.</summary>
    public static readonly ImmutableArray<string> Tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <summary>The first id of an ordinary token.</summary>
    public static int Count => Tokens.Length;
}
