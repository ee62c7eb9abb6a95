namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// What a tokenizer does with a text. The defaults are those of KB-ALBERT-CHAR-v2: WordPiece, cased. Only
/// <see cref="SpecialTokens"/> concerns <see cref="TokenizerKind.KbCharV1"/>, which takes every character as it is.
/// </summary>
public sealed record TokenizerOptions
{
    /// <summary>Which tokenizer.</summary>
    public TokenizerKind Kind { get; init; } = TokenizerKind.WordPiece;

    /// <summary><c>do_lower_case</c>. Transformers' own default, where no file says otherwise, is true.</summary>
    public bool LowerCase { get; init; }

    /// <summary><c>strip_accents</c>: null means as <see cref="LowerCase"/> says. Stripping takes Hangul apart, too.</summary>
    public bool? StripAccents { get; init; }

    /// <summary><c>tokenize_chinese_chars</c>: whether every ideograph is a word.</summary>
    public bool SeparateIdeographs { get; init; } = true;

    /// <summary>What a special token written out in a text becomes.</summary>
    public SpecialTokensInText SpecialTokens { get; init; } = SpecialTokensInText.BecomeIds;

    internal bool Strips => StripAccents ?? LowerCase;

    /// <summary>A tokenizer that does so.</summary>
    public ITokenizer Create(Vocabulary vocabulary) => Kind == TokenizerKind.KbCharV1
        ? new KbCharTokenizer(vocabulary, SpecialTokens)
        : new WordPieceTokenizer(vocabulary, this);
}
