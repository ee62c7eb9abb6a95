using System.Buffers.Binary;
using System.Text.Json;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>
/// Reads the safetensors format: header length (uint64, little endian), JSON header
/// <c>{name: {dtype, shape, data_offsets}}</c> with free text under <c>__metadata__</c>, then the bytes.
/// </summary>
internal static class SafetensorsFile
{
    /// <summary>The key of the free text.</summary>
    public const string MetadataKey = "__metadata__";

    // A header takes about 130 bytes a tensor; the format's own reader stops at 100 million.
    private const long MostHeaderBytes = 16 << 20;
    private const int LengthBytes = 8;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>What the header says, checked against the file.</summary>
    public static TensorDirectory Read(FileBytes file)
    {
        if (file.Length < LengthBytes)
        {
            throw file.Error($"{file.Length} bytes are too few for a safetensors file");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Read(0, LengthBytes, "the header's length"));
        if (length > (ulong)(file.Length - LengthBytes))
        {
            throw file.Error($"the header is said to have {length} bytes, but the file has {file.Length}");
        }

        if (length > MostHeaderBytes)
        {
            throw file.Error($"the header has {length} bytes; at most {MostHeaderBytes} are read");
        }

        var json = file.Read(LengthBytes, (long)length, "the header");
        try
        {
            using var header = JsonDocument.Parse(json, Strict);
            return Read(file, header.RootElement, LengthBytes + (long)length);
        }
        // The latter: a name that is no text, such as half a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CheckpointException($"{file.Path}: the header is no JSON: {e.Message}", e);
        }
    }

    private static TensorDirectory Read(FileBytes file, JsonElement header, long body)
    {
        if (header.ValueKind != JsonValueKind.Object)
        {
            throw file.Error("the header is no JSON object");
        }

        var directory = new TensorDirectory();
        var places = new List<(long Begin, long End, string Name)>();
        foreach (var entry in header.EnumerateObject())
        {
            if (entry.Name == MetadataKey)
            {
                ReadMetadata(file, entry.Value, directory);
                continue;
            }

            var (begin, end) = Offsets(file, entry);
            var type = ElementTypes.FromSafetensors(Field(file, entry, "dtype", JsonValueKind.String).GetString())
                ?? throw file.Error($"{entry.Name} has the unknown dtype {entry.Value.GetProperty("dtype")}");
            var shape = Numbers(file, entry, "shape");
            if ((end - begin) % type.Size() != 0)
            {
                throw file.Error($"{entry.Name} has {end - begin} bytes, no multiple of {type.Size()}");
            }

            file.Demand(body + begin, end - begin, entry.Name);
            var tensor = StoredTensor.Whole(file, entry.Name, type, body + begin, (end - begin) / type.Size(), shape);
            if (tensor.Count * type.Size() != end - begin)
            {
                throw file.Error($"{entry.Name} is [{string.Join(',', shape)}] of {type}, but has {end - begin} bytes");
            }

            directory.Tensors.Add(entry.Name, tensor);
            places.Add((begin, end, entry.Name));
        }

        DemandNoGaps(file, places, file.Length - body);
        return directory;
    }

    /// <summary>The tensors must fill the rest of the file: bytes that no header speaks of may be anything.</summary>
    private static void DemandNoGaps(FileBytes file, List<(long Begin, long End, string Name)> places, long bytes)
    {
        places.Sort();
        var end = 0L;
        foreach (var place in places)
        {
            if (place.Begin != end)
            {
                throw file.Error($"{place.Name} begins at byte {place.Begin} of the data, the one before ends at {end}");
            }

            end = place.End;
        }

        if (end != bytes)
        {
            throw file.Error($"the tensors end at byte {end} of the data, but there are {bytes}");
        }
    }

    private static (long Begin, long End) Offsets(FileBytes file, JsonProperty entry)
    {
        var offsets = Numbers(file, entry, "data_offsets");
        return offsets is [var begin, var end] && begin >= 0 && end >= begin
            ? (begin, end)
            : throw file.Error($"{entry.Name} has the data_offsets [{string.Join(',', offsets)}]");
    }

    private static long[] Numbers(FileBytes file, JsonProperty entry, string name)
    {
        var array = Field(file, entry, name, JsonValueKind.Array);
        var numbers = new List<long>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number))
            {
                throw file.Error($"{entry.Name} has the {name} {Shortened(array)}");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static JsonElement Field(FileBytes file, JsonProperty entry, string name, JsonValueKind kind) =>
        entry.Value.ValueKind == JsonValueKind.Object
        && entry.Value.TryGetProperty(name, out var value)
        && value.ValueKind == kind
            ? value
            : throw file.Error($"{entry.Name} has no {name}");

    private static void ReadMetadata(FileBytes file, JsonElement metadata, TensorDirectory directory)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
        {
            throw file.Error($"{MetadataKey} is no JSON object");
        }

        foreach (var entry in metadata.EnumerateObject())
        {
            directory.Metadata[entry.Name] = entry.Value.ValueKind == JsonValueKind.String
                ? entry.Value.GetString()!
                : throw file.Error($"{MetadataKey} {entry.Name} is no text");
        }
    }

    private static string Shortened(JsonElement element)
    {
        var text = element.GetRawText();
        return text.Length <= 80 ? text : text[..80] + "...";
    }
}
