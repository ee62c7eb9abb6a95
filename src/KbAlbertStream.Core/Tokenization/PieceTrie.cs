namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// Finds the longest piece that a word starts with. The first character is a table lookup, each further one a probe of
/// one flat hash table of (node, character) pairs.
/// </summary>
internal sealed class PieceTrie
{
    private const int NoPiece = -1;

    private readonly int[] _first = new int[0x10000]; // node by first character; node 0 is the root, so 0 = none
    private readonly int[] _ids; // piece by node
    private readonly ulong[] _keys; // (node << 16 | character), 0 = free
    private readonly int[] _children;
    private readonly int _shift;

    /// <summary>Builds the trie; a piece that comes twice keeps its later id, an empty one is left out.</summary>
    public PieceTrie(IReadOnlyList<(string Piece, int Id)> pieces)
    {
        var edges = new Dictionary<ulong, int>();
        var ids = new List<int> { NoPiece };
        foreach (var (piece, id) in pieces)
        {
            var node = 0;
            foreach (var unit in piece)
            {
                var key = ((ulong)node << 16) | unit;
                if (!edges.TryGetValue(key, out var child))
                {
                    child = ids.Count;
                    ids.Add(NoPiece);
                    edges.Add(key, child);
                }

                node = child;
            }

            ids[node] = node == 0 ? NoPiece : id;
        }

        _ids = [.. ids];
        var bits = Math.Max(4, 32 - int.LeadingZeroCount(2 * edges.Count));
        _shift = 64 - bits;
        _keys = new ulong[1 << bits];
        _children = new int[1 << bits];
        foreach (var (key, child) in edges)
        {
            Store(key, child);
        }
    }

    /// <summary>The id of the longest piece at the start of <paramref name="word"/>; false when there is none.</summary>
    public bool TryMatch(ReadOnlySpan<char> word, out int id, out int length)
    {
        id = NoPiece;
        length = 0;
        var node = _first[word[0]];
        for (var i = 1; node != 0; i++)
        {
            if (_ids[node] >= 0)
            {
                id = _ids[node];
                length = i;
            }

            node = i < word.Length ? Child(node, word[i]) : 0;
        }

        return length > 0;
    }

    private int Child(int node, char unit)
    {
        var key = ((ulong)node << 16) | unit;
        for (var slot = Slot(key); _keys[slot] != 0; slot = (slot + 1) & (_keys.Length - 1))
        {
            if (_keys[slot] == key)
            {
                return _children[slot];
            }
        }

        return 0;
    }

    private void Store(ulong key, int child)
    {
        if (key <= char.MaxValue)
        {
            _first[key] = child;
            return;
        }

        var slot = Slot(key);
        while (_keys[slot] != 0)
        {
            slot = (slot + 1) & (_keys.Length - 1);
        }

        _keys[slot] = key;
        _children[slot] = child;
    }

    // Fibonacci hashing: the high bits of the product are the well mixed ones.
    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> _shift);
}
