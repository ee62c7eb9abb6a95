namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// Turns a text into the ids that Transformers' cased <c>BertTokenizer</c> gives, without allocating: each word is
/// spelled with the longest pieces of the vocabulary from the left, or is [UNK] as a whole. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Microsoft.ML.Tokenizers' own BertTokenizer drops symbols, joins words at line ends and composes Hangul, so its ids
/// are others; its base class asks for a list of tokens with a string each, which is what this class avoids.
/// </remarks>
public sealed class WordPieceTokenizer
{
    private const string Continuation = "##";

    private readonly PieceTrie _starts;
    private readonly PieceTrie _continuations;
    private readonly SpecialTokensInText _specialTokens;

    /// <summary>A tokenizer over a vocabulary.</summary>
    public WordPieceTokenizer(
        Vocabulary vocabulary, SpecialTokensInText specialTokens = SpecialTokensInText.BecomeIds)
    {
        Vocabulary = vocabulary;
        _specialTokens = specialTokens;
        var starts = new List<(string, int)>();
        var continuations = new List<(string, int)>();
        foreach (var (token, id) in vocabulary.Ids)
        {
            // '#' is punctuation, so no word ever starts with "##" and such a token only continues one.
            if (token.StartsWith(Continuation, StringComparison.Ordinal))
            {
                continuations.Add((token[Continuation.Length..], id));
            }
            else
            {
                starts.Add((token, id));
            }
        }

        _starts = new PieceTrie(starts);
        _continuations = new PieceTrie(continuations);
    }

    /// <summary>The vocabulary that the ids refer to.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Appends the tokens of a text, without [CLS] and [SEP].</summary>
    public void Encode(ReadOnlySpan<char> text, TokenBuffer tokens)
    {
        Span<char> scratch = stackalloc char[WordSplitter.ScratchLength];
        var words = new WordSplitter(text, scratch, _specialTokens);
        while (words.MoveNext())
        {
            if (words.IsSpecial)
            {
                tokens.Add(Vocabulary[words.Special], words.Start, words.End);
            }
            else if (words.IsTooLong || !TrySpell(text, in words, tokens))
            {
                tokens.Add(Vocabulary.UnknownId, words.Start, words.End);
            }
        }
    }

    private bool TrySpell(ReadOnlySpan<char> text, in WordSplitter word, TokenBuffer tokens)
    {
        var before = tokens.Count;
        var letters = word.Current;
        var start = word.Start;
        for (var done = 0; done < letters.Length;)
        {
            var pieces = done == 0 ? _starts : _continuations;
            if (!pieces.TryMatch(letters[done..], out var id, out var length))
            {
                tokens.Truncate(before);
                return false;
            }

            var end = word.HasGaps ? SkipLetters(text, ref start, length) : start + length;
            tokens.Add(id, start, end);
            start = end;
            done += length;
        }

        return true;
    }

    /// <summary>
    /// Moves <paramref name="start"/> to the first kept character and returns one past the last of
    /// <paramref name="count"/> kept ones: the removed characters between them take up places in the text.
    /// </summary>
    private static int SkipLetters(ReadOnlySpan<char> text, ref int start, int count)
    {
        var place = start;
        var kept = 0;
        while (kept < count)
        {
            var isKept = WordSplitter.ClassAt(text, place, out var length) != CodePointClass.Removed;
            if (isKept && kept == 0)
            {
                start = place;
            }

            kept += isKept ? length : 0;
            place += length;
        }

        return place;
    }
}
