using System.Runtime.InteropServices;

namespace KbAlbertStream.Trainer.Checkpoints.Pickles;

/// <summary>The stack of a pickle's machine. It counts what is pushed, so that no pickle makes values without end.</summary>
internal sealed class PickleStack(Func<string, CheckpointException> error)
{
    // A tensor takes about 30.
    private const int MostValues = 1_000_000;
    private static readonly object Mark = new();
    private readonly List<object?> _values = [];
    private int _pushed;

    public void Push(object? value)
    {
        if (++_pushed > MostValues)
        {
            throw error($"the pickle makes more than {MostValues} values");
        }

        _values.Add(value);
    }

    /// <summary>Begins a row of values that <see cref="PopToMark"/> takes together.</summary>
    public void PushMark() => Push(Mark);

    public object? Peek() => _values.Count > 0 ? _values[^1] : throw error("the pickle takes a value that is not there");

    public object? Pop() => Pop(1)[0];

    /// <summary>The last values, in the order in which they were pushed.</summary>
    public object?[] Pop(int count)
    {
        if (_values.Count < count)
        {
            throw error("the pickle takes a value that is not there");
        }

        var values = CollectionsMarshal.AsSpan(_values)[^count..].ToArray();
        _values.RemoveRange(_values.Count - count, count);
        return values;
    }

    /// <summary>All values since the last mark; the mark goes too.</summary>
    public object?[] PopToMark()
    {
        var mark = _values.LastIndexOf(Mark);
        if (mark < 0)
        {
            throw error("the pickle looks for a mark that is not there");
        }

        var values = Pop(_values.Count - mark - 1);
        Pop();
        return values;
    }
}
