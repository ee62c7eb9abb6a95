using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace KbAlbertStream.Trainer.Teaching;

/// <summary>
/// TF-IDF over the pieces of one to four characters of a text, spaces included, in lower case: (1 + ln count) (1 + ln((1 + n) /
/// (1 + texts with it))), scaled to length 1. Pieces that only one text has are left out.
/// </summary>
internal sealed class CharacterNGrams
{
    private const int Longest = 4;
    private const int FewestTexts = 2;
    private readonly Dictionary<string, int> _features = new(StringComparer.Ordinal);
    private readonly float[] _inverseFrequencies;

    /// <param name="texts">The texts whose pieces are known from now on.</param>
    public CharacterNGrams(IReadOnlyCollection<string> texts)
    {
        var frequencies = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            seen.Clear();
            var own = seen.GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (var piece in Pieces(text.ToLowerInvariant()))
            {
                own.Add(piece.Span);
            }

            foreach (var piece in seen)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(frequencies, piece, out _)++;
            }
        }

        var known = frequencies.Where(pair => pair.Value >= FewestTexts).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        _inverseFrequencies = [.. known.Select(pair => 1 + MathF.Log((1f + texts.Count) / (1 + pair.Value)))];
        for (var i = 0; i < known.Length; i++)
        {
            _features.Add(known[i].Key, i);
        }
    }

    /// <summary>How many pieces are known.</summary>
    public int Count => _inverseFrequencies.Length;

    /// <summary>The vector of a text; without features when it has no known piece.</summary>
    public SparseText Of(string text)
    {
        var counts = new Dictionary<int, int>();
        var byPiece = _features.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var piece in Pieces(text.ToLowerInvariant()))
        {
            if (byPiece.TryGetValue(piece.Span, out var feature))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, feature, out _)++;
            }
        }

        float[] values = [.. counts.Select(pair => (1 + MathF.Log(pair.Value)) * _inverseFrequencies[pair.Key])];
        var length = TensorPrimitives.Norm<float>(values);
        TensorPrimitives.Divide(values, length > 0 ? length : 1, values);
        return new SparseText([.. counts.Keys], values);
    }

    private static IEnumerable<ReadOnlyMemory<char>> Pieces(string text)
    {
        for (var length = 1; length <= Longest; length++)
        {
            for (var start = 0; start + length <= text.Length; start++)
            {
                yield return text.AsMemory(start, length);
            }
        }
    }
}
