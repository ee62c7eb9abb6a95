using KbAlbertStream.Trainer.Checkpoints;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>
/// Transformers' <c>AlbertForPreTraining</c>: masked words, and whether two sentences stand in their order.
/// </summary>
public sealed class AlbertForPreTraining : PretrainedAlbert
{
    private const string SentenceOrder = "sop_classifier.classifier";
    private readonly Pooler _pooler;
    private readonly MaskedWordHead _words;

    internal AlbertForPreTraining(AlbertConfig config, WeightSet weights)
        : base(config, weights)
    {
        _pooler = new Pooler(weights, config.Shape.HiddenSize);
        _words = new MaskedWordHead(weights, config.Shape, config.TieWordEmbeddings);
        weights.AddLinear(SentenceOrder, outputs: 2, config.Shape.HiddenSize);
    }

    /// <summary>Reads a Hugging Face folder.</summary>
    /// <exception cref="CheckpointException">The folder cannot be read, or holds another model.</exception>
    public static AlbertForPreTraining FromPretrained(string folder) =>
        Read(folder, (config, weights) => new AlbertForPreTraining(config, weights));

    /// <summary>Word logits (B, S, vocabulary) and order logits (B, 2): in order, exchanged.</summary>
    public (Tensor Words, Tensor Order) Forward(TokenBatch batch, bool training = false)
    {
        var hidden = Encode(batch, training);
        var pooled = AlbertEncoder.Dropped(_pooler.Apply(hidden), training ? Config.ClassifierDropout : 0);
        return (_words.Logits(hidden), Weights.Linear(pooled, SentenceOrder));
    }

    /// <summary>The sum of the two mean cross-entropies.</summary>
    /// <param name="words">(B, S, vocabulary).</param>
    /// <param name="order">(B, 2).</param>
    /// <param name="wordLabels">int64 (B, S): the word that stood there, or -100.</param>
    /// <param name="orderLabels">int64 (B).</param>
    public static Tensor Loss(Tensor words, Tensor order, Tensor wordLabels, Tensor orderLabels) =>
        AlbertForMaskedLM.Loss(words, wordLabels) + F.cross_entropy(order, orderLabels);
}
