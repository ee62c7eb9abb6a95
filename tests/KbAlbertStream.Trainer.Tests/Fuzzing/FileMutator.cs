using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using KbAlbertStream.Trainer.Tests.Support;

namespace KbAlbertStream.Trainer.Tests.Fuzzing;

/// <summary>Damages weight files and configurations where their structure can be made to lie. A seed decides everything.</summary>
internal sealed class FileMutator(Random random)
{
    /// <summary>Opcodes of pickle, those that are read here and those that are not.</summary>
    private static readonly byte[] Opcodes = [.. "(.012FGIJKLMNPQRSTUVXabcdeghijloprstu}]"u8, .. Enumerable.Range(0x80, 0x19).Select(code => (byte)code)];

    private static readonly (string Module, string Name)[] Globals =
        [("os", "system"), ("builtins", "eval"), ("torch", "FloatStorage"), ("torch._utils", "_rebuild_tensor_v2"), ("collections", "OrderedDict")];

    private static readonly long[] Numbers =
    [
        0, 1, -1, 2, 255, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue, long.MinValue,
    ];

    /// <summary>Something that does not belong where it is put.</summary>
    private static readonly string[] Values =
    [
        "0", "-1", "1", "2147483648", "1e300", "1e-300", "0.5", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "null",
        "true", "\"\"", "\"x\"", "\"\\ud800\"", "[]", "{}", "[1]", "[0,0]", "[-4,4]", "[4,0]", "[2147483648,2147483648,4]", "[[[[1]]]]", "{\"a\":1}",
    ];

    private static readonly byte[] ShellCommand =
        [.. TorchFileWriter.Global("os", "system"), .. TorchFileWriter.Text("touch ran"), 0x85, (byte)'R'];

    /// <summary>Damages bytes anywhere: bits, lengths, parts taken out, doubled or cut off.</summary>
    public byte[] Bytes(byte[] file)
    {
        var bytes = file.ToList();
        for (var times = random.Next(1, 5); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var rest = Math.Min(bytes.Count - at, 1 << random.Next(12));
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    Overwrite(bytes, at);
                    break;
                case 2:
                    bytes.RemoveRange(at, rest);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - rest + 1), rest));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Damages the last bytes only: there a zip archive keeps its directory.</summary>
    public byte[] Tail(byte[] file, int length)
    {
        var start = Math.Max(0, file.Length - length);
        return [.. file[..start], .. Bytes(file[start..])];
    }

    /// <summary>Replaces, inserts and removes opcodes, and puts calls and numbers between them.</summary>
    public byte[] Pickle(byte[] pickle)
    {
        var bytes = pickle.ToList();
        for (var times = random.Next(1, 5); times > 0; times--)
        {
            var at = random.Next(2, bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = Opcodes[random.Next(Opcodes.Length)];
                    break;
                case 1:
                    bytes.Insert(at, Opcodes[random.Next(Opcodes.Length)]);
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    var (module, name) = Globals[random.Next(Globals.Length)];
                    bytes.InsertRange(at, TorchFileWriter.Global(module, name));
                    break;
                case 4:
                    bytes.InsertRange(at, ShellCommand);
                    break;
                default:
                    Overwrite(bytes, at);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Changes what a tensor says of itself; the file around it stays in order.</summary>
    public TorchFileWriter.Entry Tensor(TorchFileWriter.Entry entry) => random.Next(6) switch
    {
        0 => entry with { Count = Number() },
        1 => entry with { Offset = Number() },
        2 => entry with { Shape = [.. entry.Shape.Select(size => random.Next(2) == 0 ? size : Number())] },
        3 => entry with { Strides = [.. entry.Strides.Select(stride => random.Next(2) == 0 ? stride : Number())] },
        4 => entry with { Shape = [.. Enumerable.Repeat(Number(), random.Next(12))], Strides = [.. Enumerable.Repeat(0L, random.Next(12))] },
        _ => entry with { Storage = ((string[])["LongStorage", "DoubleStorage", "BoolStorage", "NoStorage"])[random.Next(4)] },
    };

    /// <summary>Puts a value into a JSON text that does not belong there, or doubles or removes a field.</summary>
    public string Json(string json)
    {
        if (random.Next(4) == 0)
        {
            return Encoding.UTF8.GetString(Bytes(Encoding.UTF8.GetBytes(json)));
        }

        JsonNode node = JsonNode.Parse(json)!;
        while (node is JsonObject or JsonArray)
        {
            var children = node is JsonObject all ? all.Select(pair => pair.Value).ToList() : [.. node.AsArray()];
            var containers = children.Where(child => child is JsonObject or JsonArray).ToList();
            if (containers.Count == 0 || random.Next(3) == 0)
            {
                break;
            }

            node = containers[random.Next(containers.Count)]!;
        }

        // A place that can be found again in the text, so that what is put there need not be JSON that a writer makes.
        const string place = "\"@@\"";
        if (node is JsonObject { Count: > 0 } target)
        {
            target[target.ElementAt(random.Next(target.Count)).Key] = "@@";
        }
        else if (node is JsonArray { Count: > 0 } array)
        {
            array[random.Next(array.Count)] = "@@";
        }

        return node.Root.ToJsonString().Replace(place, Values[random.Next(Values.Length)], StringComparison.Ordinal);
    }

    private long Number() => Numbers[random.Next(Numbers.Length)];

    private void Overwrite(List<byte> bytes, int at)
    {
        var number = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, random.Next(4) == 0 ? bytes.Count + random.Next(-2, 3) : Number());
        for (var i = 0; i < (random.Next(2) == 0 ? 4 : 8) && at + i < bytes.Count; i++)
        {
            bytes[at + i] = number[i];
        }
    }
}
