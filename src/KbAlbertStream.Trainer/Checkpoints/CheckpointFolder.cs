using System.Text.Json;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>A Hugging Face folder that is open for reading: config.json and weights in any of their forms.</summary>
/// <remarks>
/// Looked for in this order: <c>model.safetensors</c>, <c>model.safetensors.index.json</c> with its parts,
/// <c>pytorch_model.bin</c>, <c>pytorch_model.bin.index.json</c> with its parts.
/// </remarks>
internal sealed class CheckpointFolder : IDisposable
{
    private const string Index = ".index.json";
    private const long MostIndexBytes = 16 << 20;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly string[] WeightNames = ["model.safetensors", "pytorch_model.bin"];
    private readonly List<FileBytes> _files = [];

    private CheckpointFolder(string path, AlbertConfig config)
    {
        (Path, Config) = (path, config);
        try
        {
            Weights = new StoredWeights(path, ReadDirectory());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What config.json says.</summary>
    public AlbertConfig Config { get; }

    /// <summary>The weights, read as they are asked for.</summary>
    public StoredWeights Weights { get; }

    /// <summary>What was missing, skipped or unknown, after the model has taken its weights.</summary>
    public LoadReport Report =>
        new([.. Weights.Initialised], [.. Weights.Skipped], Config.MissingFields, Config.UnknownFields);

    /// <summary>Opens a folder.</summary>
    /// <exception cref="CheckpointException">A file is missing, damaged, or holds something else.</exception>
    public static CheckpointFolder Open(string path) => Directory.Exists(path)
        ? new CheckpointFolder(path, AlbertConfigReader.Read(System.IO.Path.Combine(path, "config.json")))
        : throw new CheckpointException(path, "there is no such folder");

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private TensorDirectory ReadDirectory()
    {
        foreach (var name in WeightNames)
        {
            if (File.Exists(In(name)))
            {
                return WeightFile.Read(Open(In(name), _files));
            }

            if (File.Exists(In(name + Index)))
            {
                return ReadParts(In(name + Index));
            }
        }

        throw new CheckpointException(Path, $"neither {string.Join(" nor ", WeightNames)}, nor an index of their parts");
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static FileBytes Open(string path, List<FileBytes> files)
    {
        files.Add(new FileBytes(path));
        return files[^1];
    }

    private TensorDirectory ReadParts(string index)
    {
        var all = new TensorDirectory();
        foreach (var part in PartsOf(index))
        {
            if (!File.Exists(In(part.Key)))
            {
                throw new CheckpointException(index, $"the part {part.Key} is missing");
            }

            var tensors = WeightFile.Read(Open(In(part.Key), _files)).Tensors;
            foreach (var name in part)
            {
                all.Tensors[name] = tensors.TryGetValue(name, out var tensor)
                    ? tensor
                    : throw new CheckpointException(index, $"{name} is not in {part.Key}");
            }
        }

        return all;
    }

    private static IEnumerable<IGrouping<string, string>> PartsOf(string index)
    {
        using var file = new FileBytes(index);
        if (file.Length > MostIndexBytes)
        {
            throw file.Error($"{file.Length} bytes are too many for an index");
        }

        try
        {
            using var json = JsonDocument.Parse(file.Read(0, file.Length, "the index"), Strict);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("weight_map", out var map)
                || map.ValueKind != JsonValueKind.Object)
            {
                throw file.Error("there is no weight_map");
            }

            // A part is a file of this folder and never a path out of it.
            return map.EnumerateObject().Select(entry => entry.Value.ValueKind == JsonValueKind.String
                    && entry.Value.GetString() is { } part
                    && part.Length > 0 && part == System.IO.Path.GetFileName(part) && part is not ("." or "..")
                    ? (entry.Name, Part: part)
                    : throw file.Error($"{entry.Name} is in {entry.Value.GetRawText()}, which is no file of this folder"))
                .ToList().GroupBy(pair => pair.Part, pair => pair.Name);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CheckpointException($"{index}: no JSON: {e.Message}", e);
        }
    }
}
