namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// A growing list of token ids, each with its place in the text. Made to be cleared and filled again: it allocates only
/// while it grows.
/// </summary>
public sealed class TokenBuffer
{
    private int[] _ids = new int[256];
    private int[] _starts = new int[256];
    private int[] _ends = new int[256];

    /// <summary>How many tokens it holds.</summary>
    public int Count { get; private set; }

    /// <summary>The ids, without [CLS] and [SEP]. Valid until the buffer is filled again.</summary>
    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>Where each token starts in the text, in UTF-16 units.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count);

    /// <summary>One past each token's last character.</summary>
    public ReadOnlySpan<int> Ends => _ends.AsSpan(0, Count);

    /// <summary>Forgets all tokens and keeps the memory.</summary>
    public void Clear() => Count = 0;

    /// <summary>Forgets the tokens from <paramref name="count"/> on; there must be so many.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>
    /// Moves the tokens from <paramref name="first"/> on from their places in a folded text to those in the text itself.
    /// </summary>
    internal void MoveBack(int first, ReadOnlySpan<int> places, ReadOnlySpan<char> text)
    {
        for (var i = first; i < Count; i++)
        {
            var last = places[_ends[i] - 1];
            _starts[i] = places[_starts[i]];
            _ends[i] = last + (last + 1 < text.Length && char.IsSurrogatePair(text[last], text[last + 1]) ? 2 : 1);
        }
    }

    internal void Add(int id, int start, int end)
    {
        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, 2 * Count);
            Array.Resize(ref _starts, 2 * Count);
            Array.Resize(ref _ends, 2 * Count);
        }

        _ids[Count] = id;
        _starts[Count] = start;
        _ends[Count] = end;
        Count++;
    }
}
