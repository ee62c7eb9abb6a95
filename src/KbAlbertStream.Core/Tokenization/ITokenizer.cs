namespace KbAlbertStream.Core.Tokenization;

/// <summary>Turns texts into the ids of a vocabulary, without allocating. Safe for concurrent use.</summary>
public interface ITokenizer
{
    /// <summary>What it does with a text.</summary>
    TokenizerOptions Options { get; }

    /// <summary>The vocabulary that the ids refer to.</summary>
    Vocabulary Vocabulary { get; }

    /// <summary>Appends the tokens of a text with their places in it, without [CLS] and [SEP].</summary>
    void Encode(ReadOnlySpan<char> text, TokenBuffer tokens);
}
