using System.Collections.Immutable;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>How the kinds of tokenizers are written in files and on command lines.</summary>
public static class TokenizerKinds
{
    /// <summary>Every kind with its name.</summary>
    public static ImmutableArray<(string Name, TokenizerKind Value)> Names { get; } =
        [("wordpiece", TokenizerKind.WordPiece), ("kb-char-v1", TokenizerKind.KbCharV1)];

    /// <summary>The name of a kind.</summary>
    public static string NameOf(TokenizerKind kind) => Names.First(named => named.Value == kind).Name;
}
