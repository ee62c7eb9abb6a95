using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace KbAlbertStream.Trainer.Checkpoints.Pickles;

/// <summary>The arguments of opcodes, read one after the other; never beyond the end.</summary>
internal sealed class PickleBytes(ReadOnlyMemory<byte> bytes, Func<string, CheckpointException> error)
{
    private const int LongestLine = 1000;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public void Skip(int count) => Take(count);

    /// <summary>Text of so many UTF-8 bytes.</summary>
    public string Text(int count) => Encoding.UTF8.GetString(Take(count));

    /// <summary>A little-endian number of any sign; one that 64 bits cannot hold comes as BigInteger.</summary>
    public object Long(int count)
    {
        var number = new BigInteger(Take(count));
        return number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
    }

    /// <summary>A decimal number on a line of its own; <c>00</c> and <c>01</c> are false and true, an L may follow.</summary>
    public object Decimal()
    {
        var line = Line();
        return line switch
        {
            "00" => false,
            "01" => true,
            _ when long.TryParse(
                line.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw error($"the pickle holds the number {line}"),
        };
    }

    /// <summary>A line without its end.</summary>
    public string Line()
    {
        var rest = bytes.Span[Position..];
        var length = rest[..Math.Min(rest.Length, LongestLine)].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw error("the pickle holds a line without an end");
        }

        var text = Text(length);
        Position++;
        return text;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > bytes.Length - Position)
        {
            throw error("the pickle is cut off");
        }

        var taken = bytes.Span.Slice(Position, count);
        Position += count;
        return taken;
    }
}
