using KbAlbertStream.Trainer.Checkpoints;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>Transformers' <c>AlbertModel</c>: the encoder and its pooler.</summary>
public sealed class AlbertModel : PretrainedAlbert
{
    private const string Prefix = "albert.";
    private readonly Pooler _pooler;

    private AlbertModel(AlbertConfig config, WeightSet weights)
        : base(config, weights) => _pooler = new Pooler(weights, config.Shape.HiddenSize);

    /// <summary>Reads a Hugging Face folder of any ALBERT; heads are skipped.</summary>
    /// <exception cref="CheckpointException">The folder cannot be read, or holds another model.</exception>
    public static AlbertModel FromPretrained(string folder) =>
        Read(folder, (config, weights) => new AlbertModel(config, weights));

    /// <summary>Hidden states and pooled output of a batch.</summary>
    public AlbertOutput Forward(TokenBatch batch, bool training = false)
    {
        var states = new List<Tensor>();
        var last = Encode(batch, training, states);
        return new AlbertOutput(last, _pooler.Apply(last), states);
    }

    /// <inheritdoc/>
    private protected override IEnumerable<KeyValuePair<string, Tensor>> StoredNames() =>
        base.StoredNames().Select(pair => KeyValuePair.Create(pair.Key[Prefix.Length..], pair.Value));
}
