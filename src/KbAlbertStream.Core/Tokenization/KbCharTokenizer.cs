namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// Turns a text into the ids that KB-ALBERT-CHAR-v1's own tokenizer gives: split at white space, each code point looked
/// up alone, all but a word's first with <c>##</c> before it. Nothing is cleaned, folded or split at punctuation.
/// </summary>
public sealed class KbCharTokenizer : ITokenizer
{
    private readonly SpecialTokens _specialTokens;
    private readonly CharacterSpeller _speller;

    /// <summary>A tokenizer over a vocabulary.</summary>
    public KbCharTokenizer(Vocabulary vocabulary, SpecialTokensInText specialTokens = SpecialTokensInText.BecomeIds)
    {
        Vocabulary = vocabulary;
        Options = new TokenizerOptions { Kind = TokenizerKind.KbCharV1, SpecialTokens = specialTokens };
        _specialTokens = new SpecialTokens(vocabulary, specialTokens);
        _speller = CharacterSpeller.ForCharacters(vocabulary, CodePointClasses.KbCharV1);
    }

    /// <inheritdoc/>
    public TokenizerOptions Options { get; }

    /// <inheritdoc/>
    public Vocabulary Vocabulary { get; }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> text, TokenBuffer tokens)
    {
        var start = 0;
        while (_specialTokens.TryFind(text, start, out var at, out var length, out var id))
        {
            _speller.Spell(text[..at], start, tokens);
            start = at + length;
            tokens.Add(id, at, start);
        }

        _speller.Spell(text, start, tokens);
    }
}
