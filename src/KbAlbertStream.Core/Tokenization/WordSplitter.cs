using System.Buffers;
using System.Text;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// The words of a text as cased BERT sees them: cleaned, split at white space, every punctuation mark and ideograph
/// alone. No normalisation. Walks the text once and allocates nothing.
/// </summary>
public ref struct WordSplitter
{
    /// <summary>Words of more code points than this are unknown as a whole.</summary>
    public const int MaxCodePoints = 100;

    /// <summary>How many characters of scratch space the splitter needs.</summary>
    public const int ScratchLength = 2 * MaxCodePoints;

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<char> _scratch;
    private readonly bool _cutSpecialTokens;
    private int _next;

    /// <summary>Starts before the first word.</summary>
    /// <param name="text">The raw text. A lone surrogate counts as U+FFFD, which is removed.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> characters, for words with something removed inside.</param>
    /// <param name="specialTokens">What becomes of <c>[SEP]</c> and its like.</param>
    public WordSplitter(ReadOnlySpan<char> text, Span<char> scratch, SpecialTokensInText specialTokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scratch.Length, ScratchLength, nameof(scratch));
        _text = text;
        _scratch = scratch;
        _cutSpecialTokens = specialTokens == SpecialTokensInText.BecomeIds;
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

    /// <summary>Whether the word is a special token that was cut out of the raw text.</summary>
    public readonly bool IsSpecial => Special != SpecialToken.None;

    internal SpecialToken Special { get; private set; } = SpecialToken.None;

    /// <summary>Whether the text holds removed characters between the word's first and last.</summary>
    internal bool HasGaps { get; private set; }

    /// <summary>Goes to the next word; false at the end.</summary>
    public bool MoveNext()
    {
        HasGaps = false;
        Special = SpecialToken.None;
        while (_next < _text.Length)
        {
            var @class = ClassAt(_text, _next, out var length);
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

            if (_cutSpecialTokens && _text[_next] == '[')
            {
                Special = SpecialTokens.StartOf(_text[_next..], out var literal);
                length = IsSpecial ? literal : length;
            }

            CodePoints = 1;
            _next = End = Start + length;
            Current = _text[Start..End];
            return true;
        }

        return false;
    }

    /// <summary>The class of the code point at a place, and its length in UTF-16 units.</summary>
    internal static CodePointClass ClassAt(ReadOnlySpan<char> text, int index, out int length)
    {
        var unit = text[index];
        length = 1;
        if (!char.IsSurrogate(unit))
        {
            return CodePointClasses.Of(unit);
        }

        return Rune.DecodeFromUtf16(text[index..], out var rune, out length) == OperationStatus.Done
            ? CodePointClasses.Of(rune.Value)
            : CodePointClass.Removed;
    }

    private void ReadWord(int firstLength)
    {
        var kept = 0; // characters in the scratch space, once something was removed
        CodePoints = 1;
        _next = End = Start + firstLength;
        while (_next < _text.Length)
        {
            var @class = ClassAt(_text, _next, out var length);
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
