using System.Buffers;
using System.Text;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// A text as the splitter shall see it after lower-casing and stripping, with the place that each character had. Its
/// arrays are rented: dispose it.
/// </summary>
internal ref struct FoldedText
{
    private readonly ArrayPool<char> _charPool = ArrayPool<char>.Shared;
    private readonly ArrayPool<int> _placePool = ArrayPool<int>.Shared;
    private MarkRun _marks;
    private char[] _text;
    private int[] _places;
    private int _length;

    /// <summary>Folds a text from a place on.</summary>
    public FoldedText(ReadOnlySpan<char> text, int start, Folding folding, CodePointClasses classes)
    {
        _text = _charPool.Rent(Math.Max(64, text.Length - start));
        _places = _placePool.Rent(_text.Length);
        Span<int> scratch = stackalloc int[3];
        for (int at = start, length; at < text.Length; at += length)
        {
            var @class = classes.At(text, at, out length);
            if (@class == CodePointClass.Removed)
            {
                continue;
            }

            var codePoint = @class == CodePointClass.Space ? ' '
                : length == 2 ? char.ConvertToUtf32(text[at], text[at + 1])
                : text[at];
            var result = folding.Of(codePoint, scratch);
            if (result.IsEmpty && folding.OrdersMarks && MarkRun.ClassOf(codePoint) == 0)
            {
                EndMarks();
            }

            foreach (var c in result)
            {
                Append(c, at, folding.OrdersMarks);
            }
        }

        EndMarks();
    }

    /// <summary>The folded text.</summary>
    public readonly ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    /// <summary>For each of its UTF-16 units, where the code point stood that it came from.</summary>
    public readonly ReadOnlySpan<int> Places => _places.AsSpan(0, _length);

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        _charPool.Return(_text);
        _placePool.Return(_places);
        _marks.Dispose();
    }

    private void Append(int codePoint, int place, bool ordersMarks)
    {
        if (ordersMarks && MarkRun.ClassOf(codePoint) is > 0 and var @class)
        {
            _marks.Add(codePoint, @class, place);
            return;
        }

        EndMarks();
        Write(codePoint, place);
    }

    private void EndMarks()
    {
        if (_marks.Count == 0)
        {
            return;
        }

        _marks.Sort();
        for (var i = 0; i < _marks.Count; i++)
        {
            Write(_marks.CodePoint(i), _marks.Place(i));
        }

        _marks.Clear();
    }

    private void Write(int codePoint, int place)
    {
        if (_length + 2 > _text.Length)
        {
            Grow();
        }

        var length = new Rune(codePoint).EncodeToUtf16(_text.AsSpan(_length));
        _places.AsSpan(_length, length).Fill(place);
        _length += length;
    }

    private void Grow()
    {
        var text = _charPool.Rent(2 * _text.Length);
        var places = _placePool.Rent(text.Length);
        _text.AsSpan(0, _length).CopyTo(text);
        _places.AsSpan(0, _length).CopyTo(places);
        _charPool.Return(_text);
        _placePool.Return(_places);
        (_text, _places) = (text, places);
    }
}
