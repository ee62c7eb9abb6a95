namespace KbAlbertStream.Trainer.Checkpoints.Pickles;

/// <summary>
/// Reads the values of a pickle without running anything: numbers, texts, tuples, lists, dicts, and the few names that
/// a state dict of torch needs (<see cref="PickleGlobal"/>). Everything else is an error that names it.
/// </summary>
/// <remarks>
/// A pickle is a program for a stack machine. Values are built and referred to, never walked through, so that no depth
/// and no circle does harm; their number has an end (<see cref="PickleStack"/>), and so has the memory.
/// </remarks>
internal sealed class Unpickler
{
    private readonly Func<string, CheckpointException> _error;
    private readonly PickleBytes _bytes;
    private readonly PickleStack _stack;
    private readonly Dictionary<long, object?> _memo = [];

    private Unpickler(ReadOnlyMemory<byte> bytes, Func<string, CheckpointException> error) =>
        (_bytes, _stack, _error) = (new PickleBytes(bytes, error), new PickleStack(error), error);

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
                return _stack.Pop();
            }

            if (!Constant(opcode) && !Container(opcode) && !Reference(opcode))
            {
                throw _error($"the pickle uses opcode 0x{(byte)opcode:x2}, which no state dict needs");
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
                return PushMark();
            case PickleOpcode.Pop:
                _stack.Pop();
                return true;
            case PickleOpcode.PopMark:
                _stack.PopToMark();
                return true;
            case PickleOpcode.Dup:
                return Push(_stack.Peek());
            case PickleOpcode.EmptyTuple:
                return Push(Array.Empty<object?>());
            case PickleOpcode.Tuple:
                return Push(_stack.PopToMark());
            case PickleOpcode.Tuple1 or PickleOpcode.Tuple2 or PickleOpcode.Tuple3:
                return Push(_stack.Pop(opcode - PickleOpcode.Tuple1 + 1));
            case PickleOpcode.EmptyList:
                return Push(new List<object?>());
            case PickleOpcode.List:
                return Push(_stack.PopToMark().ToList());
            case PickleOpcode.Append:
                return Append(_stack.Pop(1));
            case PickleOpcode.Appends:
                return Append(_stack.PopToMark());
            case PickleOpcode.EmptyDict:
                return Push(new PickleDict());
            case PickleOpcode.Dict:
                return Set(_stack.PopToMark(), new PickleDict(), push: true);
            case PickleOpcode.SetItem:
                return Set(_stack.Pop(2), _stack.Peek(), push: false);
            case PickleOpcode.SetItems:
                return Set(_stack.PopToMark(), _stack.Peek(), push: false);
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
                return _stack.Pop(2) is [string module, string name]
                    ? Push(Find(module, name))
                    : throw _error("the pickle asks for something whose name is no text");
            case PickleOpcode.BinPersId:
                return Push(StateDictValues.Storage(_stack.Pop(), _error));
            case PickleOpcode.Reduce:
                var call = _stack.Pop(2);
                return Push(StateDictValues.Call(call[0], call[1], _error));
            case PickleOpcode.Build:
                // An OrderedDict's attributes: torch keeps the versions of modules there.
                var built = _stack.Pop(2);
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
        _stack.Push(value);
        return true;
    }

    private bool PushMark()
    {
        _stack.PushMark();
        return true;
    }

    private bool Append(object?[] values)
    {
        if (_stack.Peek() is not List<object?> list)
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
        _memo[IndexOf(index)] = _stack.Peek();
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
