namespace KbAlbertStream.Core.Tokenization;

/// <summary>Spells the words of a text with the longest pieces from the left.</summary>
internal sealed class PieceSpeller
{
    private readonly CodePointClasses _classes;
    private readonly PieceTrie _starts;
    private readonly PieceTrie _continuations;
    private readonly int _unknownId;

    /// <summary>A speller over a vocabulary.</summary>
    public PieceSpeller(Vocabulary vocabulary, CodePointClasses classes)
    {
        _classes = classes;
        _unknownId = vocabulary.UnknownId;
        var starts = new List<(string, int)>();
        var continuations = new List<(string, int)>();
        foreach (var (token, id) in vocabulary.Ids)
        {
            // '#' is punctuation, so no word ever starts with "##" and such a token only continues one.
            if (token.StartsWith(Vocabulary.Continuation, StringComparison.Ordinal))
            {
                continuations.Add((token[Vocabulary.Continuation.Length..], id));
            }
            else
            {
                starts.Add((token, id));
            }
        }

        _starts = new PieceTrie(starts);
        _continuations = new PieceTrie(continuations);
    }

    /// <summary>Appends the tokens of a text from a place on.</summary>
    public void Spell(ReadOnlySpan<char> text, int start, TokenBuffer tokens)
    {
        Span<char> scratch = stackalloc char[WordSplitter.ScratchLength];
        var words = new WordSplitter(text, start, scratch, _classes);
        while (words.MoveNext())
        {
            if (words.IsTooLong || !TrySpell(text, in words, tokens))
            {
                tokens.Add(_unknownId, words.Start, words.End);
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
    private int SkipLetters(ReadOnlySpan<char> text, ref int start, int count)
    {
        var place = start;
        var kept = 0;
        while (kept < count)
        {
            var isKept = _classes.At(text, place, out var length) != CodePointClass.Removed;
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
