namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// Turns a text into the ids that Transformers' <c>BertTokenizerFast</c> gives: each word is spelled with the longest
/// pieces of the vocabulary from the left, or is [UNK] as a whole.
/// </summary>
/// <remarks>
/// 1. Cut out special tokens. 2. Lower-case and strip accents, if asked for. 3. Split into words. 4. Spell each; a
/// vocabulary of single characters does 3 and 4 in one walk. Microsoft.ML.Tokenizers' own BertTokenizer drops symbols,
/// joins words at line ends and composes Hangul, so its ids are others; its base class asks for a list of tokens with a
/// string each, which is what this class avoids.
/// </remarks>
public sealed class WordPieceTokenizer : ITokenizer
{
    private readonly SpecialTokens _specialTokens;
    private readonly CodePointClasses _classes;
    private readonly Folding? _folding;
    private readonly CharacterSpeller? _characters;
    private readonly PieceSpeller? _pieces;

    /// <summary>A cased tokenizer over a vocabulary.</summary>
    public WordPieceTokenizer(Vocabulary vocabulary, SpecialTokensInText specialTokens = SpecialTokensInText.BecomeIds)
        : this(vocabulary, new TokenizerOptions { SpecialTokens = specialTokens })
    {
    }

    /// <summary>A tokenizer over a vocabulary.</summary>
    /// <exception cref="ArgumentException">The options are for the other kind.</exception>
    public WordPieceTokenizer(Vocabulary vocabulary, TokenizerOptions options)
    {
        if (options.Kind != TokenizerKind.WordPiece)
        {
            throw new ArgumentException("The options are for another kind of tokenizer.", nameof(options));
        }

        Vocabulary = vocabulary;
        Options = options;
        _specialTokens = new SpecialTokens(vocabulary, options.SpecialTokens);
        _classes = options.SeparateIdeographs ? CodePointClasses.Bert : CodePointClasses.BertJoiningIdeographs;
        _folding = Folding.For(options);
        _characters = CharacterSpeller.ForWholeWords(vocabulary, _classes);
        _pieces = _characters is null ? new PieceSpeller(vocabulary, _classes) : null;
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
            EncodePart(text[..at], start, tokens);
            start = at + length;
            tokens.Add(id, at, start);
        }

        EncodePart(text, start, tokens);
    }

    private void EncodePart(ReadOnlySpan<char> text, int start, TokenBuffer tokens)
    {
        if (_folding is null)
        {
            Spell(text, start, tokens);
            return;
        }

        var before = tokens.Count;
        using var folded = new FoldedText(text, start, _folding, _classes);
        Spell(folded.Text, 0, tokens);
        tokens.MoveBack(before, folded.Places, text);
    }

    private void Spell(ReadOnlySpan<char> text, int start, TokenBuffer tokens)
    {
        if (_characters is not null)
        {
            _characters.Spell(text, start, tokens);
        }
        else
        {
            _pieces!.Spell(text, start, tokens);
        }
    }
}
