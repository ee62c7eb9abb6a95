using System.Runtime.InteropServices;

namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// Values that many texts share, each kept once under a small number and only while a text uses it: what publishers
/// call themselves is up to the senders, so a pool that never forgets could be made to grow without end.
/// </summary>
internal sealed class SharedValues<T>(IEqualityComparer<T>? comparer = null)
    where T : notnull
{
    private readonly Dictionary<T, int> _numbers = new(comparer);
    private readonly List<(T? Value, int Uses)> _values = [];
    private readonly Stack<int> _free = [];

    /// <summary>How many are kept.</summary>
    public int Count => _numbers.Count;

    /// <summary>The value with a number.</summary>
    public T this[int number] => _values[number].Value!;

    /// <summary>The number of a value, which one more text uses.</summary>
    public int Take(T value)
    {
        if (!_numbers.TryGetValue(value, out var number))
        {
            if (!_free.TryPop(out number))
            {
                number = _values.Count;
                _values.Add(default);
            }

            _values[number] = (value, 0);
            _numbers.Add(value, number);
        }

        CollectionsMarshal.AsSpan(_values)[number].Uses++;
        return number;
    }

    /// <summary>One text less uses it; unused, it is forgotten and its number is free.</summary>
    public void Release(int number)
    {
        ref var entry = ref CollectionsMarshal.AsSpan(_values)[number];
        entry.Uses--;
        if (entry.Uses == 0)
        {
            _numbers.Remove(entry.Value!);
            _free.Push(number);
            entry = default;
        }
    }
}
