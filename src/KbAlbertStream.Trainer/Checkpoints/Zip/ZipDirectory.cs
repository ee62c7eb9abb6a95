using System.Buffers.Binary;
using System.Text;

namespace KbAlbertStream.Trainer.Checkpoints.Zip;

/// <summary>
/// The entries of an archive as torch.save writes it: not compressed, so that every entry is a part of the file (the
/// framework's reader gives streams, not places).
/// </summary>
/// <remarks>Sums are not compared: torch can be told to write none, and its own loader then reads the file too.</remarks>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054b50, End64Signature = 0x06064b50, Locator64Signature = 0x07064b50;
    private const uint CentralSignature = 0x02014b50, LocalSignature = 0x04034b50;
    private const int EndBytes = 22, LongestComment = ushort.MaxValue, Locator64Bytes = 20, End64Bytes = 56;
    private const int CentralBytes = 46, LocalBytes = 30;
    private const uint In64 = uint.MaxValue;

    // About 100 bytes an entry, an entry a tensor.
    private const long MostDirectoryBytes = 16 << 20;

    /// <summary>Position and length of every entry by name.</summary>
    public static Dictionary<string, ZipEntry> Read(FileBytes file)
    {
        var (position, length) = FindDirectory(file);
        if (length > MostDirectoryBytes)
        {
            throw file.Error($"the zip directory has {length} bytes; at most {MostDirectoryBytes} are read");
        }

        var entries = new Dictionary<string, ZipEntry>(StringComparer.Ordinal);
        var directory = file.Read(position, length, "the zip directory").AsSpan();
        while (directory.Length > 0)
        {
            if (directory.Length < CentralBytes || UInt32(directory, 0) != CentralSignature)
            {
                throw file.Error("the zip directory is damaged");
            }

            var (nameLength, extraLength) = (UInt16(directory, 28), UInt16(directory, 30));
            var whole = CentralBytes + nameLength + extraLength + UInt16(directory, 32);
            if (whole > directory.Length)
            {
                throw file.Error("the zip directory is damaged");
            }

            var name = Encoding.UTF8.GetString(directory.Slice(CentralBytes, nameLength));
            var entry = Locate(file, name, directory[..whole], directory.Slice(CentralBytes + nameLength, extraLength));
            if (!entries.TryAdd(name, entry))
            {
                throw file.Error($"entry {name} is there twice");
            }

            directory = directory[whole..];
        }

        return entries;
    }

    private static ZipEntry Locate(FileBytes file, string name, ReadOnlySpan<byte> central, ReadOnlySpan<byte> extra)
    {
        long stored = UInt32(central, 20), length = UInt32(central, 24), local = UInt32(central, 42);
        if (UInt16(central, 10) != 0)
        {
            throw file.Error($"entry {name} is compressed, which torch.save never does");
        }

        if ((UInt16(central, 8) & 1) != 0)
        {
            throw file.Error($"entry {name} is encrypted");
        }

        // ZIP64 (field 1): only the numbers that did not fit, in this order.
        var large = Extra(extra, id: 1);
        Widen(file, ref length, ref large);
        Widen(file, ref stored, ref large);
        Widen(file, ref local, ref large);
        if (stored != length)
        {
            throw file.Error($"entry {name} has {stored} bytes and is said to be {length} long");
        }

        Span<byte> header = stackalloc byte[LocalBytes];
        file.Demand(local, LocalBytes, $"the header of entry {name}");
        file.Read(local, header);
        if (UInt32(header, 0) != LocalSignature)
        {
            throw file.Error($"entry {name} is not where the zip directory says");
        }

        var position = local + LocalBytes + UInt16(header, 26) + UInt16(header, 28);
        file.Demand(position, length, $"entry {name}");
        return new ZipEntry(position, length);
    }

    private static (long Position, long Length) FindDirectory(FileBytes file)
    {
        var tailLength = Math.Min(file.Length, EndBytes + LongestComment);
        var tailStart = file.Length - tailLength;
        var tail = file.Read(tailStart, tailLength, "the end of the zip archive").AsSpan();
        for (var i = tail.Length - EndBytes; i >= 0; i--)
        {
            if (UInt32(tail, i) != EndSignature || i + EndBytes + UInt16(tail, i + 20) != tail.Length)
            {
                continue;
            }

            long length = UInt32(tail, i + 12), position = UInt32(tail, i + 16);
            return position == In64 || length == In64 || UInt16(tail, i + 10) == ushort.MaxValue
                ? FindDirectory64(file, tailStart + i)
                : (position, length);
        }

        throw file.Error("the zip archive has no directory at its end: it is cut off");
    }

    private static (long Position, long Length) FindDirectory64(FileBytes file, long end)
    {
        var locator = file.Read(end - Locator64Bytes, Locator64Bytes, "the ZIP64 locator");
        if (UInt32(locator, 0) != Locator64Signature)
        {
            throw file.Error("the ZIP64 locator is damaged");
        }

        var record = file.Read(Int64(locator, 8), End64Bytes, "the ZIP64 directory record");
        return UInt32(record, 0) == End64Signature
            ? (Int64(record, 48), Int64(record, 40))
            : throw file.Error("the ZIP64 directory record is damaged");
    }

    private static ReadOnlySpan<byte> Extra(ReadOnlySpan<byte> extra, int id)
    {
        while (extra.Length >= 4)
        {
            var length = Math.Min(UInt16(extra, 2), extra.Length - 4);
            if (UInt16(extra, 0) == id)
            {
                return extra.Slice(4, length);
            }

            extra = extra[(4 + length)..];
        }

        return [];
    }

    private static void Widen(FileBytes file, ref long number, ref ReadOnlySpan<byte> large)
    {
        if (number != In64)
        {
            return;
        }

        if (large.Length < sizeof(long))
        {
            throw file.Error("a ZIP64 number is missing");
        }

        number = Int64(large, 0);
        large = large[sizeof(long)..];
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long Int64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
