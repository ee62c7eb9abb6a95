using System.Text;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// Spells texts with a vocabulary whose pieces are single characters: one walk over the text, one table lookup a
/// character (65,536 entries; beyond the basic plane, which is rare, a hash table). A few longer pieces do no harm: words
/// with a character that starts one are spelled by a <see cref="PieceSpeller"/>.
/// </summary>
internal sealed class CharacterSpeller
{
    private const int Missing = -1;

    private readonly CharacterEntry[] _basic = new CharacterEntry[0x10000];
    private readonly Dictionary<int, CharacterEntry> _astral = [];
    private readonly CodePointClasses _classes;
    private readonly int _unknownId;
    private readonly int _unlisted;
    private readonly int _maxCodePoints;
    private readonly PieceSpeller? _pieces;

    private CharacterSpeller(Vocabulary vocabulary, CodePointClasses classes, bool wholeWords)
    {
        _classes = classes;
        _unknownId = vocabulary.UnknownId;
        _unlisted = wholeWords ? Missing : _unknownId;
        _maxCodePoints = wholeWords ? WordSplitter.MaxCodePoints : int.MaxValue;
        for (var unit = 0; unit < _basic.Length; unit++)
        {
            _basic[unit] = Unlisted(classes.Of((char)unit));
        }

        foreach (var (token, id) in vocabulary.Ids)
        {
            if (OneCharacter(token) is { } start)
            {
                Set(start, EntryOf(start) with { Start = id });
            }
            else if (IsContinuation(token) && OneCharacter(PieceOf(token)) is { } continuation)
            {
                Set(continuation, EntryOf(continuation) with { Continuation = id });
            }
        }
    }

    private CharacterSpeller(Vocabulary vocabulary, CodePointClasses classes, List<string> longer)
        : this(vocabulary, classes, wholeWords: true)
    {
        _pieces = new PieceSpeller(vocabulary, classes);
        foreach (var token in longer)
        {
            var first = Rune.GetRuneAt(PieceOf(token).ToString(), 0).Value;
            Set(first, IsContinuation(token) ? EntryOf(first) with { Continuation = Missing } : EntryOf(first) with { Start = Missing });
        }
    }

    /// <summary>
    /// For WordPiece: a word with one unknown character, or with too many, is unknown as a whole. Null where more than one
    /// token in sixteen is a longer piece: such words are spelled better without this detour.
    /// </summary>
    public static CharacterSpeller? ForWholeWords(Vocabulary vocabulary, CodePointClasses classes)
    {
        var longer = vocabulary.Ids.Keys.Where(token => IsLonger(PieceOf(token), classes)).ToList();
        return longer.Count == 0 ? new CharacterSpeller(vocabulary, classes, wholeWords: true)
            : longer.Count <= vocabulary.Ids.Count / 16 ? new CharacterSpeller(vocabulary, classes, longer)
            : null;
    }

    /// <summary>For KB-ALBERT-CHAR-v1: each unknown character is unknown, and words have any length.</summary>
    public static CharacterSpeller ForCharacters(Vocabulary vocabulary, CodePointClasses classes) =>
        new(vocabulary, classes, wholeWords: false);

    /// <summary>Appends the tokens of a text from a place on.</summary>
    public void Spell(ReadOnlySpan<char> text, int start, TokenBuffer tokens)
    {
        int codePoints = 0, firstToken = 0, wordStart = 0, wordEnd = 0;
        var again = false; // the word cannot be spelled by characters
        for (int at = start, length; at < text.Length; at += length)
        {
            var entry = EntryAt(text, at, out length);
            if (entry.Class == CodePointClass.Joined)
            {
                if (codePoints == 0)
                {
                    firstToken = tokens.Count;
                    wordStart = at;
                }

                var id = codePoints == 0 ? entry.Start : entry.Continuation;
                codePoints++;
                again |= id < 0;
                wordEnd = at + length;
                tokens.Add(id, at, wordEnd);
            }
            else if (entry.Class != CodePointClass.Removed)
            {
                if (again || codePoints > _maxCodePoints)
                {
                    SpellAgain(text[..wordEnd], wordStart, firstToken, tokens);
                }

                codePoints = 0;
                again = false;
                if (entry.Class != CodePointClass.Space)
                {
                    tokens.Add(entry.Start < 0 ? _unknownId : entry.Start, at, at + length);
                }
            }
        }

        if (again || codePoints > _maxCodePoints)
        {
            SpellAgain(text[..wordEnd], wordStart, firstToken, tokens);
        }
    }

    /// <summary>Whether a piece has several characters and could stand in a word.</summary>
    private static bool IsLonger(ReadOnlySpan<char> piece, CodePointClasses classes)
    {
        var length = 0;
        for (var at = 0; at < piece.Length; at += length)
        {
            if (classes.At(piece, at, out length) != CodePointClass.Joined)
            {
                return false;
            }
        }

        return piece.Length > length;
    }

    private static bool IsContinuation(string token) => token.StartsWith(Vocabulary.Continuation, StringComparison.Ordinal);

    private static ReadOnlySpan<char> PieceOf(string token) =>
        IsContinuation(token) ? token.AsSpan(Vocabulary.Continuation.Length) : token;

    private static int? OneCharacter(ReadOnlySpan<char> piece) =>
        Rune.DecodeFromUtf16(piece, out var rune, out var length) == System.Buffers.OperationStatus.Done
            && length == piece.Length
            ? rune.Value
            : null;

    private void SpellAgain(ReadOnlySpan<char> text, int wordStart, int firstToken, TokenBuffer tokens)
    {
        tokens.Truncate(firstToken);
        if (_pieces is not null)
        {
            _pieces.Spell(text, wordStart, tokens);
        }
        else
        {
            tokens.Add(_unknownId, wordStart, text.Length);
        }
    }

    private CharacterEntry EntryAt(ReadOnlySpan<char> text, int at, out int length)
    {
        var unit = text[at];
        if (char.IsHighSurrogate(unit) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            length = 2;
            return EntryOf(char.ConvertToUtf32(unit, text[at + 1]));
        }

        length = 1;
        return _basic[unit];
    }

    private CharacterEntry EntryOf(int codePoint) => codePoint < _basic.Length ? _basic[codePoint]
        : _astral.TryGetValue(codePoint, out var entry) ? entry
        : Unlisted(_classes.Of(codePoint));

    private CharacterEntry Unlisted(CodePointClass @class) => new(_unlisted, _unlisted, @class);

    private void Set(int codePoint, CharacterEntry entry)
    {
        if (codePoint < _basic.Length)
        {
            _basic[codePoint] = entry;
        }
        else
        {
            _astral[codePoint] = entry;
        }
    }
}
