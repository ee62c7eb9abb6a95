using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace KbAlbertStream.Trainer.Tests.Support;

/// <summary>Writes state dicts as torch.save does (pickle protocol 2), with every byte in our hands.</summary>
internal static class TorchFileWriter
{
    private static readonly byte[] Magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    /// <summary>A tensor of a state dict: a view of a storage of little-endian values.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Storage">Name of torch's storage class.</param>
    /// <param name="Values">The storage's bytes.</param>
    /// <param name="Count">How many values the storage is said to hold.</param>
    /// <param name="Offset">Place of the first value.</param>
    /// <param name="Shape">Sizes.</param>
    /// <param name="Strides">Strides.</param>
    public sealed record Entry(string Name, string Storage, byte[] Values, long Count, long Offset, long[] Shape, long[] Strides);

    /// <summary>A float32 tensor whose values lie in order.</summary>
    public static Entry Floats(string name, float[] values, params long[] shape)
    {
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            (strides[i], stride) = (stride, stride * shape[i]);
        }

        return new Entry(name, "FloatStorage", Bytes(values), values.Length, 0, shape, strides);
    }

    public static byte[] Bytes(float[] values)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    /// <summary>The zip format.</summary>
    /// <param name="pickle">The state dict's pickle.</param>
    /// <param name="storages">The storages' bytes, by their keys 0, 1, ...</param>
    /// <param name="byteOrder">What the file says of the byte order.</param>
    /// <param name="compression">torch.save writes none.</param>
    public static byte[] Zip(
        byte[] pickle,
        IEnumerable<byte[]> storages,
        string byteOrder = "little",
        CompressionLevel compression = CompressionLevel.NoCompression)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("model/data.pkl", pickle);
            Add("model/byteorder", Encoding.ASCII.GetBytes(byteOrder));
            foreach (var (index, values) in storages.Index())
            {
                Add($"model/data/{index}", values);
            }

            void Add(string name, byte[] content)
            {
                using var entry = zip.CreateEntry(name, compression).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The zip format of these tensors.</summary>
    public static byte[] Zip(params IReadOnlyList<Entry> entries) =>
        Zip(StateDict(entries, legacy: false), entries.Select(entry => entry.Values));

    /// <summary>The same archive with the numbers of its directory in their 64-bit form, as torch writes large ones.</summary>
    public static byte[] Wide(byte[] zip)
    {
        const int endLength = 22;
        var end = zip.AsSpan(^endLength..).ToArray();
        var (start, size) = ((int)BitConverter.ToUInt32(end, 16), (int)BitConverter.ToUInt32(end, 12));
        var first = zip[start..(start + size)];
        var nameEnd = 46 + BitConverter.ToUInt16(first, 28);
        byte[] extra =
        [
            1, 0, 24, 0, .. BitConverter.GetBytes((long)BitConverter.ToUInt32(first, 24)),
            .. BitConverter.GetBytes((long)BitConverter.ToUInt32(first, 20)),
            .. BitConverter.GetBytes((long)BitConverter.ToUInt32(first, 42)),
        ];
        foreach (var at in (int[])[20, 24, 42])
        {
            first.AsSpan(at, 4).Fill(0xff);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(first.AsSpan(30), (ushort)(BitConverter.ToUInt16(first, 30) + extra.Length));
        byte[] directory = [.. first[..nameEnd], .. extra, .. first[nameEnd..]];
        end.AsSpan(12, 8).Fill(0xff);
        long entries = BitConverter.ToUInt16(end, 10);
        return
        [
            .. zip[..start], .. directory,
            .. "PK"u8, 6, 6, .. BitConverter.GetBytes(44L), 45, 0, 45, 0, .. new byte[8], .. BitConverter.GetBytes(entries),
            .. BitConverter.GetBytes(entries), .. BitConverter.GetBytes((long)directory.Length), .. BitConverter.GetBytes((long)start),
            .. "PK"u8, 6, 7, .. new byte[4], .. BitConverter.GetBytes((long)start + directory.Length), 1, 0, 0, 0,
            .. end,
        ];
    }

    /// <summary>The format of torch before 1.6.</summary>
    public static byte[] Legacy(params IReadOnlyList<Entry> entries)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Magic);
        bytes.Write([0x80, 2, (byte)'M', 0xe9, 3, (byte)'.']);
        bytes.Write([0x80, 2, (byte)'}', .. Text("little_endian"), 0x88, (byte)'s', (byte)'.']);
        bytes.Write(StateDict(entries, legacy: true));
        bytes.Write([0x80, 2, (byte)']', (byte)'(', .. entries.SelectMany((_, index) => Text($"{index}")), (byte)'e', (byte)'.']);
        foreach (var entry in entries)
        {
            var count = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(count, entry.Count);
            bytes.Write(count);
            bytes.Write(entry.Values);
        }

        return bytes.ToArray();
    }

    /// <summary>The pickle of an OrderedDict with an attribute, as state_dict() gives it.</summary>
    public static byte[] StateDict(IReadOnlyList<Entry> entries, bool legacy) =>
    [
        0x80, 2, .. Global("collections", "OrderedDict"), (byte)')', (byte)'R', (byte)'q', 0, (byte)'(',
        .. entries.SelectMany((entry, index) => (byte[])[.. Text(entry.Name), .. Tensor(entry, index, legacy)]),
        (byte)'u', (byte)'}', .. Text("_metadata"), (byte)'}', (byte)'s', (byte)'b', (byte)'.',
    ];

    public static byte[] Global(string module, string name) => [(byte)'c', .. Encoding.UTF8.GetBytes($"{module}\n{name}\n")];

    public static byte[] Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return [(byte)'X', .. BitConverter.GetBytes(utf8.Length), .. utf8];
    }

    private static byte[] Tensor(Entry entry, int index, bool legacy) =>
    [
        .. Global("torch._utils", "_rebuild_tensor_v2"), (byte)'(', (byte)'(', .. Text("storage"),
        .. Global("torch", entry.Storage), .. Text($"{index}"), .. Text("cpu"), .. Number(entry.Count),
        .. legacy ? "N"u8 : [], (byte)'t', (byte)'Q', .. Number(entry.Offset), .. Tuple(entry.Shape),
        .. Tuple(entry.Strides), 0x89, .. Global("collections", "OrderedDict"), (byte)')', (byte)'R', (byte)'t', (byte)'R',
    ];

    private static byte[] Tuple(long[] numbers) => [(byte)'(', .. numbers.SelectMany(Number), (byte)'t'];

    private static byte[] Number(long number) => [0x8a, 8, .. BitConverter.GetBytes(number)];
}
