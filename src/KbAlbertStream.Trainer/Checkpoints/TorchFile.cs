using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using KbAlbertStream.Trainer.Checkpoints.Pickles;
using KbAlbertStream.Trainer.Checkpoints.Zip;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>
/// Reads what torch.save wrote of a state dict: a zip archive, or before torch 1.6 pickles one after the other.
/// </summary>
internal static class TorchFile
{
    private const string Pickle = "data.pkl";
    private const long ProtocolVersion = 1001;

    // About 150 bytes a tensor.
    private const long MostPickleBytes = 4 << 20;
    private static readonly BigInteger Magic = new(Convert.FromHexString("6cfc9c46f9206aa85019"));

    /// <summary>Whether a file begins like a zip archive.</summary>
    public static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8);

    /// <summary>Whether a file begins like a pickle of protocol 2 or newer.</summary>
    public static bool IsPickle(ReadOnlySpan<byte> head) => head is [0x80, >= 2 and <= 5, ..];

    /// <summary>Reads the zip format: <c>NAME/data.pkl</c> and a storage in each <c>NAME/data/KEY</c>.</summary>
    public static TensorDirectory ReadZip(FileBytes file)
    {
        var entries = ZipDirectory.Read(file);
        var pickles = entries.Keys
            .Where(name => name == Pickle || name.EndsWith("/" + Pickle, StringComparison.Ordinal)).ToList();
        if (pickles is not [var pickle])
        {
            throw file.Error($"the zip archive holds {pickles.Count} entries {Pickle}, one is what torch.save writes");
        }

        var root = pickle[..^Pickle.Length];
        if (entries.TryGetValue(root + "byteorder", out var order))
        {
            var name = Encoding.ASCII.GetString(file.Read(order.Position, Math.Min(order.Length, 16), "byteorder")).Trim();
            if (name != "little")
            {
                throw file.Error($"the values are written in byte order {name}, only little is read");
            }
        }

        if (entries[pickle].Length > MostPickleBytes)
        {
            throw file.Error($"{pickle} has {entries[pickle].Length} bytes; at most {MostPickleBytes} are read");
        }

        var bytes = file.Read(entries[pickle].Position, entries[pickle].Length, pickle);
        return Resolve(file, Unpickler.Read(bytes, file.Error, out _), storage =>
        {
            if (!entries.TryGetValue($"{root}data/{storage.Key}", out var entry))
            {
                throw file.Error($"storage {storage.Key} is missing in the zip archive");
            }

            return storage.Count >= 0 && storage.Count <= entry.Length / storage.Type.Size()
                ? entry.Position
                : throw file.Error($"storage {storage.Key} is said to hold {storage.Count} values, but has {entry.Length} bytes");
        });
    }

    /// <summary>
    /// Reads the legacy format: pickles of a magic number, a version, facts about the machine, the state dict and the
    /// storages' keys; then each storage as its count (int64) and its values.
    /// </summary>
    public static TensorDirectory ReadLegacy(FileBytes file)
    {
        ReadOnlyMemory<byte> head = file.Read(0, Math.Min(file.Length, MostPickleBytes), "the pickles");
        var position = 0;
        if (Next() is not BigInteger magic || magic != Magic)
        {
            throw file.Error("a pickle, but not one that torch.save wrote");
        }

        if (Next() is not ProtocolVersion)
        {
            throw file.Error($"the version of torch's format is not {ProtocolVersion}");
        }

        if ((Next() as PickleDict)?["little_endian"] is not true)
        {
            throw file.Error("the values are not said to be written in little-endian byte order");
        }

        var dict = Next();
        var keys = Next() as List<object?> ?? throw file.Error("the list of storages is missing");
        var storages = Storages(dict).DistinctBy(storage => storage.Key).ToDictionary(storage => storage.Key);
        var positions = new Dictionary<string, long>();
        var at = (long)position;
        foreach (var key in keys)
        {
            if (key is not string name || !storages.TryGetValue(name, out var storage))
            {
                throw file.Error($"storage {key} is listed, but no tensor has it");
            }

            var count = BinaryPrimitives.ReadInt64LittleEndian(file.Read(at, sizeof(long), $"the length of storage {name}"));
            if (count != storage.Count)
            {
                throw file.Error($"storage {name} holds {count} values, but the state dict says {storage.Count}");
            }

            at += sizeof(long);
            if (count < 0 || count > (file.Length - at) / storage.Type.Size())
            {
                throw file.Error(
                    $"storage {name} is said to hold {count} values, but {file.Length - at} bytes follow: is the file cut off?");
            }

            if (!positions.TryAdd(name, at))
            {
                throw file.Error($"storage {name} is listed twice");
            }

            at += count * storage.Type.Size();
        }

        return Resolve(file, dict, storage => positions.TryGetValue(storage.Key, out var found)
            ? found
            : throw file.Error($"storage {storage.Key} is not in the list of storages"));

        object? Next()
        {
            var value = Unpickler.Read(head[position..], file.Error, out var length);
            position += length;
            return value;
        }
    }

    private static IEnumerable<PickleStorage> Storages(object? dict) => dict is PickleDict state
        ? state.Items.Select(item => item.Value).OfType<PickleTensor>().Select(tensor => tensor.Storage)
        : [];

    private static TensorDirectory Resolve(FileBytes file, object? dict, Func<PickleStorage, long> positionOf)
    {
        if (dict is not PickleDict state)
        {
            throw file.Error("the pickle holds no dict of tensors");
        }

        var directory = new TensorDirectory();
        foreach (var (key, value) in state.Items)
        {
            var name = key as string ?? throw file.Error("a key of the state dict is no text");
            if (value is not PickleTensor tensor)
            {
                directory.Others.Add(name);
                continue;
            }

            var (storage, offset) = (tensor.Storage, tensor.Offset);
            directory.Tensors[name] = StoredTensor.View(
                file, name, storage.Type, positionOf(storage), storage.Count, offset, tensor.Shape, tensor.Strides);
        }

        return directory.Tensors.Count > 0
            ? directory
            : throw file.Error("the pickle's dict holds no tensors: is it a state dict?");
    }
}
