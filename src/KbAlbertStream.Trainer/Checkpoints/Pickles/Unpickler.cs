using System.Runtime.InteropServices;

namespace KbAlbertStream.Trainer.Checkpoints.Pickles;

/// <summary>
/// Reads the values of a pickle without running anything: numbers, texts, tuples, lists, dicts, and the few names that
/// a state dict of torch needs (<see cref="PickleGlobal"/>). Everything else is an error that names it.
/// </summary>
/// <remarks>
/// A pickle is a program for a stack machine. Values are built and referred to, never walked through, so that no depth
/// and no circle does harm; their number has an end (a tensor takes about 30), and so has the memory.
/// </remarks>
internal sealed class Unpickler
{
    private const int MostValues = 1_000_000;
    private static readonly object Mark = new();
    private readonly Func<string, CheckpointException> _error;
    private readonly PickleBytes _bytes;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];
    private int _pushed;

    private Unpickler(ReadOnlyMemory<byte> bytes, Func<string, CheckpointException> error) =>
        (_bytes, _error) = (new PickleBytes(bytes, error), error);

    /// <summary>Reads one pickle from the beginning of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">The pickle; more may follow it.</param>
    /// <param name="error">Makes an error of the file that is read.</param>
    /// <param name="length">The pickle's length.</param>
    public static object? Read(ReadOnlyMemory<byte> bytes, Func<string, CheckpointException> error, out int length)
    {
        var unpickler = new Unpickler(bytes, error);
        var value = unpickler.Run();
        length = unpickler._bytes.Position;
        return value;
    }

    private object? Run()
    {
        while (true)
        {
            var opcode = (PickleOpcode)_bytes.Byte();
            if (opcode == PickleOpcode.Stop)
            {
                return Pop();
            }

            if (!Constant(opcode) && !Container(opcode) && !Reference(opcode))
            {
                throw _error($"the pickle uses opcode 0x{(byte)opcode:x2}, which no state dict needs");
            }

            if (_pushed > MostValues || _memo.Count > MostValues)
            {
                throw _error($"the pickle makes more than {MostValues} values");
            }
        }
    }

    private bool Constant(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                _bytes.Byte();
                return true;
            case PickleOpcode.Frame:
                _bytes.Skip(8);
                return true;
            case PickleOpcode.None:
                return Push(null);
            case PickleOpcode.NewTrue:
                return Push(true);
            case PickleOpcode.NewFalse:
                return Push(false);
            case PickleOpcode.BinInt:
                return Push((long)_bytes.Int32());
            case PickleOpcode.BinInt1:
                return Push((long)_bytes.Byte());
            case PickleOpcode.BinInt2:
                return Push((long)_bytes.UInt16());
            case PickleOpcode.Int or PickleOpcode.Long:
                return Push(_bytes.Decimal());
            case PickleOpcode.Long1:
                return Push(_bytes.Long(_bytes.Byte()));
            case PickleOpcode.BinFloat:
                return Push(_bytes.Double());
            case PickleOpcode.BinUnicode or PickleOpcode.BinString:
                return Push(_bytes.Text(_bytes.Int32()));
            case PickleOpcode.ShortBinUnicode or PickleOpcode.ShortBinString:
                return Push(_bytes.Text(_bytes.Byte()));
            default:
                return false;
        }
    }

    private bool Container(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark:
                return Push(Mark);
            case PickleOpcode.Pop:
                Pop();
                return true;
            case PickleOpcode.PopMark:
                PopToMark();
                return true;
            case PickleOpcode.Dup:
                return Push(Peek());
            case PickleOpcode.EmptyTuple:
                return Push(Array.Empty<object?>());
            case PickleOpcode.Tuple:
                return Push(PopToMark());
            case PickleOpcode.Tuple1 or PickleOpcode.Tuple2 or PickleOpcode.Tuple3:
                return Push(Pop(opcode - PickleOpcode.Tuple1 + 1));
            case PickleOpcode.EmptyList:
                return Push(new List<object?>());
            case PickleOpcode.List:
                return Push(PopToMark().ToList());
            case PickleOpcode.Append:
                return Append(Pop(1));
            case PickleOpcode.Appends:
                return Append(PopToMark());
            case PickleOpcode.EmptyDict:
                return Push(new PickleDict());
            case PickleOpcode.Dict:
                return Set(PopToMark(), new PickleDict(), push: true);
            case PickleOpcode.SetItem:
                return Set(Pop(2), Peek(), push: false);
            case PickleOpcode.SetItems:
                return Set(PopToMark(), Peek(), push: false);
            default:
                return false;
        }
    }

    private bool Reference(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.BinPut:
                return Keep(_bytes.Byte());
            case PickleOpcode.LongBinPut:
                return Keep((uint)_bytes.Int32());
            case PickleOpcode.Put:
                return Keep(_bytes.Decimal());
            case PickleOpcode.Memoize:
                return Keep(_memo.Count);
            case PickleOpcode.BinGet:
                return Recall(_bytes.Byte());
            case PickleOpcode.LongBinGet:
                return Recall((uint)_bytes.Int32());
            case PickleOpcode.Get:
                return Recall(_bytes.Decimal());
            case PickleOpcode.Global:
                return Push(Find(_bytes.Line(), _bytes.Line()));
            case PickleOpcode.StackGlobal:
                return Pop(2) is [string module, string name]
                    ? Push(Find(module, name))
                    : throw _error("the pickle asks for something whose name is no text");
            case PickleOpcode.BinPersId:
                return Push(StateDictValues.Storage(Pop(), _error));
            case PickleOpcode.Reduce:
                var call = Pop(2);
                return Push(StateDictValues.Call(call[0], call[1], _error));
            case PickleOpcode.Build:
                // An OrderedDict's attributes: torch keeps the versions of modules there.
                var built = Pop(2);
                return built[0] is PickleDict
                    ? Push(built[0])
                    : throw _error("the pickle sets attributes of something that is no dict");
            default:
                return false;
        }
    }

    private PickleGlobal Find(string module, string name) => PickleGlobal.Find(module, name)
        ?? throw _error($"the pickle asks for {module}.{name}; a state dict needs no such thing, and nothing of it is run");

    private bool Push(object? value)
    {
        _pushed++;
        _stack.Add(value);
        return true;
    }

    private object? Peek() => _stack.Count > 0 ? _stack[^1] : throw _error("the pickle takes a value that is not there");

    private object? Pop() => Pop(1)[0];

    private object?[] Pop(int count)
    {
        if (_stack.Count < count)
        {
            throw _error("the pickle takes a value that is not there");
        }

        var values = CollectionsMarshal.AsSpan(_stack)[^count..].ToArray();
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private object?[] PopToMark()
    {
        var mark = _stack.LastIndexOf(Mark);
        if (mark < 0)
        {
            throw _error("the pickle looks for a mark that is not there");
        }

        var values = Pop(_stack.Count - mark - 1);
        Pop();
        return values;
    }

    private bool Append(object?[] values)
    {
        if (Peek() is not List<object?> list)
        {
            throw _error("the pickle appends to something that is no list");
        }

        list.AddRange(values);
        return true;
    }

    private bool Set(object?[] values, object? target, bool push)
    {
        if (target is not PickleDict dict || values.Length % 2 != 0)
        {
            throw _error("the pickle sets items of something that is no dict");
        }

        for (var i = 0; i < values.Length; i += 2)
        {
            dict.Items.Add(new(values[i], values[i + 1]));
        }

        return !push || Push(dict);
    }

    private bool Keep(object index)
    {
        _memo[IndexOf(index)] = Peek();
        return true;
    }

    private bool Recall(object index) => _memo.TryGetValue(IndexOf(index), out var value)
        ? Push(value)
        : throw _error($"the pickle refers to value {index}, which it never kept");

    private long IndexOf(object index) => index switch
    {
        byte number => number,
        uint number => number,
        int number => number,
        long number => number,
        _ => throw _error($"the pickle keeps a value under {index}"),
    };
}
