namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// The words of a text as cased BERT sees them: cleaned, split at white space, every punctuation mark and ideograph
/// alone. No normalisation, and no special tokens: <c>[SEP]</c> is three words. Walks the text once and allocates nothing.
/// </summary>
public ref struct WordSplitter
{
    /// <summary>Words of more code points than this are unknown as a whole.</summary>
    public const int MaxCodePoints = 100;

    /// <summary>How many characters of scratch space the splitter needs.</summary>
    public const int ScratchLength = 2 * MaxCodePoints;

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<char> _scratch;
    private readonly CodePointClasses _classes;
    private int _next;

    /// <summary>Starts before the first word.</summary>
    /// <param name="text">The text. A lone surrogate counts as U+FFFD, which is removed.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> characters, for words with something removed inside.</param>
    public WordSplitter(ReadOnlySpan<char> text, Span<char> scratch)
        : this(text, start: 0, scratch, CodePointClasses.Bert)
    {
    }

    /// <summary>Starts before the first word from a place on.</summary>
    internal WordSplitter(ReadOnlySpan<char> text, int start, Span<char> scratch, CodePointClasses classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scratch.Length, ScratchLength, nameof(scratch));
        _text = text;
        _next = start;
        _scratch = scratch;
        _classes = classes;
    }

    /// <summary>The cleaned word; of one that <see cref="IsTooLong"/>, only a beginning.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    /// <summary>Where the word starts in the text, in UTF-16 units.</summary>
    public int Start { get; private set; }

    /// <summary>One past its last character.</summary>
    public int End { get; private set; }

    /// <summary>The word's length in code points.</summary>
    public int CodePoints { get; private set; }

    /// <summary>Whether the word has more than <see cref="MaxCodePoints"/> code points.</summary>
    public readonly bool IsTooLong => CodePoints > MaxCodePoints;

    /// <summary>Whether the text holds removed characters between the word's first and last.</summary>
    internal bool HasGaps { get; private set; }

    /// <summary>Goes to the next word; false at the end.</summary>
    public bool MoveNext()
    {
        HasGaps = false;
        while (_next < _text.Length)
        {
            var @class = _classes.At(_text, _next, out var length);
            if (@class is CodePointClass.Space or CodePointClass.Removed)
            {
                _next += length;
                continue;
            }

            Start = _next;
            if (@class == CodePointClass.Joined)
            {
                ReadWord(length);
                return true;
            }

            CodePoints = 1;
            _next = End = Start + length;
            Current = _text[Start..End];
            return true;
        }

        return false;
    }

    private void ReadWord(int firstLength)
    {
        var kept = 0; // characters in the scratch space, once something was removed
        CodePoints = 1;
        _next = End = Start + firstLength;
        while (_next < _text.Length)
        {
            var @class = _classes.At(_text, _next, out var length);
            if (@class == CodePointClass.Joined)
            {
                if (!HasGaps && End != _next)
                {
                    HasGaps = true;
                    kept = Math.Min(End - Start, ScratchLength);
                    _text.Slice(Start, kept).CopyTo(_scratch);
                }

                CodePoints++;
                if (HasGaps && !IsTooLong)
                {
                    _text.Slice(_next, length).CopyTo(_scratch[kept..]);
                    kept += length;
                }

                End = _next + length;
            }
            else if (@class != CodePointClass.Removed)
            {
                break;
            }

            _next += length;
        }

        Current = HasGaps ? _scratch[..kept] : _text[Start..End];
    }
}
