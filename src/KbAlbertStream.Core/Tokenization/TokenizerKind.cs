namespace KbAlbertStream.Core.Tokenization;

/// <summary>The two tokenizers that KB-ALBERT's models were trained with.</summary>
public enum TokenizerKind
{
    /// <summary><c>wordpiece</c>: BERT's, for KB-ALBERT-CHAR-v2 and every other BERT vocabulary.</summary>
    WordPiece,

    /// <summary><c>kb-char-v1</c>: KB-ALBERT-CHAR-v1's own, by code point.</summary>
    KbCharV1,
}
