using System.Buffers;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// Combining marks that follow each other, to be put in canonical order: by class, equal ones as they came. The places
/// keep their order, as the reference's do. Rents memory once it holds a mark: dispose it.
/// </summary>
internal struct MarkRun
{
    // A mark as class, position, code point from the high bits down: sorting the numbers sorts the marks, stably.
    private const int PositionShift = 21;
    private const int ClassShift = 53;

    private static readonly byte[] BasicClasses = Basic();

    private long[]? _marks;
    private int[]? _places;

    /// <summary>How many marks it holds.</summary>
    public int Count { get; private set; }

    /// <summary>The combining class of a code point: 0 for what is no such mark.</summary>
    public static byte ClassOf(int codePoint) => codePoint < BasicClasses.Length
        ? BasicClasses[codePoint]
        : FoldingTable.Order.GetValueOrDefault(codePoint);

    /// <summary>The code point of a mark.</summary>
    public readonly int CodePoint(int index) => (int)(_marks![index] & ((1 << PositionShift) - 1));

    /// <summary>The place of a mark.</summary>
    public readonly int Place(int index) => _places![index];

    /// <summary>Adds a mark.</summary>
    public void Add(int codePoint, byte @class, int place)
    {
        if (_marks is null || _places is null)
        {
            _marks = ArrayPool<long>.Shared.Rent(16);
            _places = ArrayPool<int>.Shared.Rent(_marks.Length);
        }
        else if (Count == _marks.Length)
        {
            Grow(ref _marks);
            Grow(ref _places);
        }

        _marks[Count] = ((long)@class << ClassShift) | ((long)Count << PositionShift) | (long)codePoint;
        _places[Count] = place;
        Count++;
    }

    /// <summary>Puts the marks in order.</summary>
    public readonly void Sort() => _marks.AsSpan(0, Count).Sort();

    /// <summary>Forgets the marks and keeps the memory.</summary>
    public void Clear() => Count = 0;

    /// <summary>Gives the memory back.</summary>
    public readonly void Dispose()
    {
        if (_marks is not null)
        {
            ArrayPool<long>.Shared.Return(_marks);
            ArrayPool<int>.Shared.Return(_places!);
        }
    }

    private static byte[] Basic()
    {
        var classes = new byte[0x10000];
        foreach (var (codePoint, @class) in FoldingTable.Order)
        {
            if (codePoint < classes.Length)
            {
                classes[codePoint] = @class;
            }
        }

        return classes;
    }

    private readonly void Grow<T>(ref T[] array)
    {
        var larger = ArrayPool<T>.Shared.Rent(2 * Count);
        array.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}
