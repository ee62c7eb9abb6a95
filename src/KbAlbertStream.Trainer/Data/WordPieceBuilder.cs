using KbAlbertStream.Core.Tokenization;

namespace KbAlbertStream.Trainer.Data;

/// <summary>
/// Builds a WordPiece vocabulary from word counts, the way Hugging Face's WordPieceTrainer does: start with the
/// characters (first of a word, and <c>##</c> inside), then join the most frequent pair again and again.
/// </summary>
/// <remarks>Deterministic: pairs with equal counts go by their texts in ordinal order.</remarks>
internal sealed class WordPieceBuilder
{
    private readonly int _minFrequency;
    private readonly List<string> _symbols = [];
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<(int[] Symbols, long Count)> _words = [];
    private readonly Dictionary<(int Left, int Right), long> _pairs = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _places = [];
    private readonly PriorityQueue<(int Left, int Right, long Count), (long Count, string Text)> _queue =
        new(Comparer<(long Count, string Text)>.Create((a, b) =>
            a.Count != b.Count ? b.Count.CompareTo(a.Count) : string.CompareOrdinal(a.Text, b.Text)));

    private WordPieceBuilder(int minFrequency) => _minFrequency = minFrequency;

    /// <summary>
    /// A vocabulary of <paramref name="size"/> tokens: the special ones, <paramref name="always"/>, every character
    /// form that occurs at least <paramref name="minFrequency"/> times, then joined pieces.
    /// Fewer when no pair is that frequent any more.
    /// </summary>
    public static Vocabulary Build(
        IReadOnlyDictionary<string, long> words, int size, int minFrequency, IEnumerable<string> always)
    {
        var builder = new WordPieceBuilder(minFrequency);
        builder.AddCharacters(words);
        builder.CountPairs(words);
        var tokens = new HashSet<string>([.. SpecialIds.Tokens, .. always, .. builder._symbols], StringComparer.Ordinal);
        while (tokens.Count < size && builder.JoinBestPair() is { } piece)
        {
            tokens.Add(piece);
        }

        return Vocabulary.FromTokens(tokens);
    }

    private static IEnumerable<string> CharactersOf(string word)
    {
        var first = true;
        foreach (var rune in word.EnumerateRunes())
        {
            yield return first ? rune.ToString() : $"##{rune}";
            first = false;
        }
    }

    private static string Joined(string left, string right) => left + right[2..];

    private void AddCharacters(IReadOnlyDictionary<string, long> words)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (word, count) in words)
        {
            foreach (var character in CharactersOf(word))
            {
                counts[character] = counts.GetValueOrDefault(character) + count;
            }
        }

        foreach (var (character, _) in counts
            .Where(pair => pair.Value >= _minFrequency)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(character);
        }
    }

    private void CountPairs(IReadOnlyDictionary<string, long> words)
    {
        foreach (var (word, count) in words.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var symbols = CharactersOf(word).Select(character => _ids.GetValueOrDefault(character, -1)).ToArray();
            if (count < _minFrequency || symbols.Length < 2 || symbols.Contains(-1))
            {
                continue;
            }

            _words.Add((symbols, count));
            CountPairsOf(_words.Count - 1, 1);
        }

        foreach (var pair in _pairs.Keys)
        {
            Enqueue(pair);
        }
    }

    /// <summary>Joins the most frequent pair wherever it stands; its text, or null when none is frequent enough.</summary>
    private string? JoinBestPair()
    {
        while (_queue.TryDequeue(out var best, out _))
        {
            var pair = (best.Left, best.Right);
            var count = _pairs.GetValueOrDefault(pair);
            if (count != best.Count)
            {
                // The count changed since: the entry is stale, a fresh one was queued.
                continue;
            }

            if (count < _minFrequency)
            {
                return null;
            }

            var piece = Joined(_symbols[best.Left], _symbols[best.Right]);
            Join(pair, Add(piece));
            return piece;
        }

        return null;
    }

    private void Join((int Left, int Right) pair, int joined)
    {
        var changed = new HashSet<(int, int)>();
        foreach (var place in _places[pair].ToArray())
        {
            changed.UnionWith(CountPairsOf(place, -1));
            var (symbols, count) = _words[place];
            var kept = new List<int>(symbols.Length);
            for (var i = 0; i < symbols.Length; i++)
            {
                var found = i + 1 < symbols.Length && symbols[i] == pair.Left && symbols[i + 1] == pair.Right;
                kept.Add(found ? joined : symbols[i]);
                i += found ? 1 : 0;
            }

            _words[place] = ([.. kept], count);
            changed.UnionWith(CountPairsOf(place, 1));
        }

        foreach (var touched in changed)
        {
            Enqueue(touched);
        }
    }

    private List<(int, int)> CountPairsOf(int place, int sign)
    {
        var (symbols, count) = _words[place];
        var touched = new List<(int, int)>();
        for (var i = 0; i + 1 < symbols.Length; i++)
        {
            var pair = (symbols[i], symbols[i + 1]);
            touched.Add(pair);
            _pairs[pair] = _pairs.GetValueOrDefault(pair) + (sign * count);
            if (!_places.TryGetValue(pair, out var places))
            {
                _places[pair] = places = [];
            }

            _ = sign > 0 ? places.Add(place) : places.Remove(place);
        }

        return touched;
    }

    private void Enqueue((int Left, int Right) pair)
    {
        if (_pairs[pair] >= _minFrequency)
        {
            _queue.Enqueue(
                (pair.Left, pair.Right, _pairs[pair]),
                (_pairs[pair], Joined(_symbols[pair.Left], _symbols[pair.Right])));
        }
    }

    private int Add(string symbol)
    {
        if (_ids.TryGetValue(symbol, out var known))
        {
            // Two different pairs may join to the same text.
            return known;
        }

        _symbols.Add(symbol);
        return _ids[symbol] = _symbols.Count - 1;
    }
}
