using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>
/// Float32 tensors in the safetensors format: header length (uint64, little endian), JSON header
/// <c>{name: {dtype, shape, data_offsets}}</c> with free text under <c>__metadata__</c>, then the bytes.
/// </summary>
internal static class SafetensorsFile
{
    private const string MetadataKey = "__metadata__";

    /// <summary>Writes all or nothing: the file appears under its name when it is complete.</summary>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var list = tensors.ToList();
        var header = new JsonObject
        {
            [MetadataKey] = new JsonObject(metadata.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        };
        var offset = 0L;
        foreach (var (name, tensor) in list)
        {
            var end = offset + (tensor.numel() * sizeof(float));
            header[name] = new JsonObject
            {
                ["dtype"] = "F32",
                ["shape"] = new JsonArray([.. tensor.shape.Select(size => JsonValue.Create(size))]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var unfinished = $"{path}.{Environment.ProcessId}";
        using (var file = File.Create(unfinished))
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
            file.Write(length);
            file.Write(json);
            foreach (var (_, tensor) in list)
            {
                using var scope = NewDisposeScope();
                file.Write(tensor.detach().contiguous().bytes);
            }
        }

        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>The tensors and the free text of a file. The caller owns the tensors.</summary>
    public static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Read(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> length = stackalloc byte[8];
        file.ReadExactly(length);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (headerLength > (ulong)file.Length - 8)
        {
            throw new InvalidDataException($"{path}: the header is said to be longer than the file");
        }

        var json = new byte[headerLength];
        file.ReadExactly(json);
        var tensors = new Dictionary<string, Tensor>();
        var metadata = new Dictionary<string, string>();
        foreach (var entry in JsonDocument.Parse(json).RootElement.EnumerateObject())
        {
            if (entry.Name == MetadataKey)
            {
                metadata = entry.Value.Deserialize<Dictionary<string, string>>()!;
                continue;
            }

            if (entry.Value.GetProperty("dtype").GetString() != "F32")
            {
                throw new InvalidDataException($"{path}: {entry.Name} is not float32");
            }

            var shape = entry.Value.GetProperty("shape").Deserialize<long[]>()!;
            var offsets = entry.Value.GetProperty("data_offsets").Deserialize<long[]>()!;
            var bytes = new byte[offsets[1] - offsets[0]];
            file.Position = 8 + (long)headerLength + offsets[0];
            file.ReadExactly(bytes);
            var values = new float[bytes.Length / sizeof(float)];
            Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
            tensors.Add(entry.Name, tensor(values, shape));
        }

        return (tensors, metadata);
    }
}
