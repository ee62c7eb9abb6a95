using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>
/// Gives weights by the names that the model uses, whatever the files call them, and keeps account of what was found,
/// what was missing and what is left.
/// </summary>
/// <remarks>
/// A file of AlbertModel alone has names without <c>albert.</c>; files from before 2019 call a layer norm's weights gamma
/// and beta; tied weights may be stored under either name.
/// </remarks>
internal sealed class StoredWeights
{
    private const string Prefix = "albert.";

    private static readonly Dictionary<string, string> Tied = new()
    {
        ["albert.embeddings.word_embeddings.weight"] = "predictions.decoder.weight",
        ["predictions.bias"] = "predictions.decoder.bias",
    };

    private readonly string _path;
    private readonly Dictionary<string, (string Name, StoredTensor Tensor)> _stored = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unused;
    private readonly List<string> _initialised = [];
    private long _mayBeMissing;

    public StoredWeights(string path, TensorDirectory directory)
    {
        _path = path;
        _unused = [.. directory.Tensors.Keys, .. directory.Others];
        var isBare = !directory.Tensors.Keys.Any(name => name.StartsWith(Prefix, StringComparison.Ordinal));
        foreach (var (name, tensor) in directory.Tensors)
        {
            var known = Renamed(name);
            _stored.TryAdd(isBare && !IsHead(known) ? Prefix + known : known, (name, tensor));
            _mayBeMissing += tensor.Type.IsFloat() ? tensor.Count : 0;
        }
    }

    /// <summary>Weights that were asked for and are not there.</summary>
    public IReadOnlyList<string> Initialised => _initialised;

    /// <summary>Entries that nobody asked for.</summary>
    public IEnumerable<string> Skipped => _unused.Order(StringComparer.Ordinal);

    /// <summary>The weight of that name; null when the files lack it. The caller owns the tensor.</summary>
    /// <exception cref="CheckpointException">It has another shape, or is no floating-point tensor.</exception>
    public Tensor? TryRead(string name, long[] shape)
    {
        if (!TryFind(name, out var found))
        {
            NoteMissing(name, shape);
            return null;
        }

        if (!found.Tensor.Shape.SequenceEqual(shape))
        {
            throw new CheckpointException(
                _path,
                $"{found.Name} is [{string.Join(',', found.Tensor.Shape)}], "
                + $"but config.json asks for [{string.Join(',', shape)}]");
        }

        if (!found.Tensor.Type.IsFloat())
        {
            throw new CheckpointException(_path, $"{found.Name} holds {found.Tensor.Type} values, no floating-point numbers");
        }

        _unused.Remove(found.Name);
        return found.Tensor.ToTensor();
    }

    private static bool IsHead(string name) =>
        name.StartsWith("classifier.", StringComparison.Ordinal)
        || name.StartsWith("predictions.", StringComparison.Ordinal)
        || name.StartsWith("sop_classifier.", StringComparison.Ordinal);

    private static string Renamed(string name) =>
        name.EndsWith("LayerNorm.gamma", StringComparison.Ordinal) ? name[..^"gamma".Length] + "weight"
        : name.EndsWith("LayerNorm.beta", StringComparison.Ordinal) ? name[..^"beta".Length] + "bias"
        : name;

    private bool TryFind(string name, out (string Name, StoredTensor Tensor) found) =>
        _stored.TryGetValue(name, out found)
        || (Tied.TryGetValue(name, out var other) && _stored.TryGetValue(other, out found));

    /// <summary>
    /// The weights that begin anew may be as many as the file's: a config.json that speaks of a far larger model than
    /// the file holds must not make us allocate it.
    /// </summary>
    private void NoteMissing(string name, long[] shape)
    {
        _initialised.Add(name);
        var count = shape.Aggregate((Int128)1, (product, size) => product * size);
        if (count > _mayBeMissing)
        {
            throw new CheckpointException(
                _path, $"most of the model is not there (first missing: {_initialised[0]}): is this the config.json's ALBERT?");
        }

        _mayBeMissing -= (long)count;
    }
}
