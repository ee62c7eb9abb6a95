namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>What one or several weight files hold.</summary>
internal sealed class TensorDirectory
{
    /// <summary>The tensors by the names that the files give them.</summary>
    public Dictionary<string, StoredTensor> Tensors { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of entries that are no tensors.</summary>
    public List<string> Others { get; } = [];

    /// <summary>Free text of a safetensors file.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);
}
