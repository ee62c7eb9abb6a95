using KbAlbertStream.Trainer.Checkpoints;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>
/// An ALBERT whose weights come from a Hugging Face folder and can be saved as one. It computes what Transformers'
/// class of the same name computes, in float32 on the CPU.
/// </summary>
/// <remarks>Tensors that a model gives belong to the caller: call it within a <c>torch.NewDisposeScope()</c>.</remarks>
public abstract class PretrainedAlbert : IDisposable
{
    private protected PretrainedAlbert(AlbertConfig config, WeightSet weights) =>
        (Config, Weights, Encoder) = (config, weights, new AlbertEncoder(weights, config.Shape));

    /// <summary>What config.json says.</summary>
    public AlbertConfig Config { get; }

    /// <summary>What reading found besides the weights; null for a model that began with random ones.</summary>
    public LoadReport? Report { get; private set; }

    /// <summary>All weights by their Hugging Face names.</summary>
    internal WeightSet Weights { get; }

    internal AlbertEncoder Encoder { get; }

    private string? Folder { get; set; }

    /// <summary>
    /// Writes <c>config.json</c>, <c>model.safetensors</c> and, where the folder that the model came from has them, the
    /// tokenizer's files, so that Transformers can load the folder.
    /// </summary>
    /// <param name="folder">Where to; made when missing, files of these names are replaced.</param>
    public void SavePretrained(string folder) => PretrainedFolder.Write(folder, Config, GetType().Name, StoredNames(), Folder);

    /// <inheritdoc/>
    public void Dispose()
    {
        Weights.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads a folder and lets <paramref name="create"/> take its weights.</summary>
    private protected static TModel Read<TModel>(string folder, Func<AlbertConfig, WeightSet, TModel> create, long seed = 0)
        where TModel : PretrainedAlbert
    {
        using var files = CheckpointFolder.Open(folder);
        var weights = new WeightSet(ScalarType.Float32, seed, files.Weights);
        try
        {
            var model = create(files.Config, weights);
            (model.Report, model.Folder) = (files.Report, folder);
            return model.Report.Initialised.Length < weights.ByName.Count
                ? model
                : throw new CheckpointException(folder, "none of the model's weights is there");
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The weights under the names that Transformers gives them in a file of this class.</summary>
    private protected virtual IEnumerable<KeyValuePair<string, Tensor>> StoredNames() =>
        Weights.ByName.Select(pair => KeyValuePair.Create(pair.Key, (Tensor)pair.Value));

    /// <summary>The encoder's hidden states, with the dropouts of config.json in training.</summary>
    private protected Tensor Encode(TokenBatch batch, bool training, ICollection<Tensor>? states = null) => Encoder.Forward(
        batch, training ? Config.HiddenDropout : 0, training ? Config.AttentionDropout : 0, states);
}
