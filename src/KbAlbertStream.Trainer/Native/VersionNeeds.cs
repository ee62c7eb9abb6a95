using System.Buffers.Binary;
using System.Text;

namespace KbAlbertStream.Trainer.Native;

/// <summary>
/// The version needs (<c>.gnu.version_r</c>) of a 64-bit little-endian ELF library: which symbol versions it demands
/// of which libraries. Layout: System V gABI and LSB Core, "Symbol Versioning".
/// </summary>
internal static class VersionNeeds
{
    private const int LoadSegment = 1;
    private const int DynamicSegment = 2;
    private const long StringTableTag = 5;
    private const long VersionNeedTag = 0x6ffffffe;
    private const long VersionNeedCountTag = 0x6fffffff;
    private const ushort WeakFlag = 2;

    /// <summary>
    /// Marks every need of <paramref name="version"/> weak (VER_FLG_WEAK), so that the dynamic linker goes on without
    /// it. False when the library does not need that version or is no such ELF file; nothing is changed then.
    /// </summary>
    public static bool TryMarkWeak(Span<byte> library, string version)
    {
        if (library.Length < 64 || !library[..6].SequenceEqual("\u007fELF\u0002\u0001"u8))
        {
            return false;
        }

        var dynamic = FindSegment(library, DynamicSegment, static (_, _) => true);
        if (dynamic is not { } table)
        {
            return false;
        }

        long strings = 0, needs = 0, count = 0;
        for (var at = table.Offset; at < table.Offset + table.Size; at += 16)
        {
            var value = Int64(library, at + 8);
            switch (Int64(library, at))
            {
                case StringTableTag: strings = value; break;
                case VersionNeedTag: needs = value; break;
                case VersionNeedCountTag: count = value; break;
            }
        }

        var marked = false;
        var need = count == 0 ? 0 : ToFileOffset(library, needs);
        var names = ToFileOffset(library, strings);
        for (var i = 0; i < count; i++)
        {
            // Verneed: version u16, count u16, file u32, first entry u32, next u32.
            var entry = need + Int32(library, need + 8);
            for (var j = Int16(library, need + 2); j > 0; j--)
            {
                // Vernaux: hash u32, flags u16, index u16, name u32, next u32.
                if (NameAt(library, names + Int32(library, entry + 8)) == version)
                {
                    var flags = library.Slice(entry + 4, 2);
                    BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(Int16(library, entry + 4) | WeakFlag));
                    marked = true;
                }

                entry += Int32(library, entry + 12);
            }

            need += Int32(library, need + 12);
        }

        return marked;
    }

    private static (int Offset, long Address, long Size)? FindSegment(
        ReadOnlySpan<byte> library, int type, Func<long, long, bool> covers)
    {
        var header = (int)Int64(library, 32);
        int size = Int16(library, 54), count = Int16(library, 56);
        for (var i = 0; i < count; i++, header += size)
        {
            long address = Int64(library, header + 16), length = Int64(library, header + 32);
            if (Int32(library, header) == type && covers(address, length))
            {
                return ((int)Int64(library, header + 8), address, length);
            }
        }

        return null;
    }

    private static int ToFileOffset(ReadOnlySpan<byte> library, long address)
    {
        var segment = FindSegment(library, LoadSegment, (start, size) => start <= address && address < start + size)
            ?? throw new BadImageFormatException($"address {address:x} lies in no segment of the library");
        return (int)(address - segment.Address) + segment.Offset;
    }

    private static string NameAt(ReadOnlySpan<byte> library, int offset) =>
        Encoding.ASCII.GetString(library.Slice(offset, library[offset..].IndexOf((byte)0)));

    private static ushort Int16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static int Int32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);

    private static long Int64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
