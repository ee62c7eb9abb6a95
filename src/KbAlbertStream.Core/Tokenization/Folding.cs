namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// What lower-casing and stripping accents make of each code point, by the reference's tables and not by the run time's.
/// </summary>
internal sealed class Folding
{
    private const int FirstSyllable = 0xAC00;
    private const int Syllables = 11172;

    private readonly ushort[] _basic = new ushort[0x10000]; // 0 = stays, else a place in _results
    private readonly Dictionary<int, int[]> _astral = [];
    private readonly List<int[]> _results = [[]];
    private readonly bool _strips;

    private Folding(bool lowers, bool strips)
    {
        _strips = strips;
        var lower = lowers ? FoldingTable.Lower : new Dictionary<int, int[]>();
        var strip = strips ? FoldingTable.Strip : new Dictionary<int, int[]>();
        foreach (var codePoint in lower.Keys.Union(strip.Keys))
        {
            int[] stripped = strip.TryGetValue(codePoint, out var parts) ? parts : [codePoint];
            int[] result = [.. stripped.SelectMany(c => lower.TryGetValue(c, out var small) ? small : [c])];
            if (codePoint >= _basic.Length)
            {
                _astral.Add(codePoint, result);
                continue;
            }

            _basic[codePoint] = (ushort)_results.Count;
            _results.Add(result);
        }
    }

    private static Folding LowerCase { get; } = new(lowers: true, strips: false);

    private static Folding Stripping { get; } = new(lowers: false, strips: true);

    private static Folding LowerCaseAndStripping { get; } = new(lowers: true, strips: true);

    /// <summary>Whether marks that stay are put in canonical order, as decomposing a text does.</summary>
    public bool OrdersMarks => _strips;

    /// <summary>What the options ask for; null when that is nothing.</summary>
    public static Folding? For(TokenizerOptions options) => (options.LowerCase, options.Strips) switch
    {
        (true, true) => LowerCaseAndStripping,
        (true, false) => LowerCase,
        (false, true) => Stripping,
        _ => null,
    };

    /// <summary>The code points that one becomes, perhaps none. At most three fit into <paramref name="scratch"/>.</summary>
    public ReadOnlySpan<int> Of(int codePoint, Span<int> scratch)
    {
        if (codePoint < _basic.Length)
        {
            var place = _basic[codePoint];
            if (place != 0)
            {
                return _results[place];
            }

            if (_strips && (uint)(codePoint - FirstSyllable) < Syllables)
            {
                return TakeApart(codePoint - FirstSyllable, scratch);
            }
        }
        else if (_astral.TryGetValue(codePoint, out var result))
        {
            return result;
        }

        scratch[0] = codePoint;
        return scratch[..1];
    }

    private static ReadOnlySpan<int> TakeApart(int syllable, Span<int> scratch)
    {
        scratch[0] = 0x1100 + (syllable / 588);
        scratch[1] = 0x1161 + (syllable % 588 / 28);
        scratch[2] = 0x11A7 + (syllable % 28);
        return scratch[..(syllable % 28 == 0 ? 2 : 3)];
    }
}
