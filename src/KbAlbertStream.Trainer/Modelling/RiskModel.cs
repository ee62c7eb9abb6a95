using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>One encoder with several heads on it: what is fine-tuned and exported.</summary>
internal sealed class RiskModel : IDisposable
{
    /// <param name="weights">Where all weights are added.</param>
    /// <param name="shape">The encoder.</param>
    /// <param name="heads">The heads; all are of the label-attention kind.</param>
    /// <param name="multiLabelBias">First value of the biases of multi-label heads: most labels are rare.</param>
    public RiskModel(WeightSet weights, AlbertShape shape, IEnumerable<HeadShape> heads, double multiLabelBias = -3)
    {
        Weights = weights;
        Encoder = new AlbertEncoder(weights, shape);
        Heads =
        [
            .. heads.Select(head => new LabelAttentionHead(
                weights, head, shape.HiddenSize, head.MultiLabel ? multiLabelBias : 0)),
        ];
    }

    public WeightSet Weights { get; }

    public AlbertEncoder Encoder { get; }

    public ImmutableArray<IClassificationHead> Heads { get; }

    /// <summary>Logits (B, K) of every head, in the order of the heads.</summary>
    /// <param name="batch">The tokens.</param>
    /// <param name="dropout">Probability with which a value inside the encoder is dropped.</param>
    /// <param name="headDropout">Probability with which a value is dropped that a head reads.</param>
    public Tensor[] Forward(TokenBatch batch, double dropout = 0, double headDropout = 0)
    {
        var hidden = Encoder.Forward(batch, dropout);
        return
        [
            .. Heads.Select(head => head.Logits(
                headDropout > 0 ? nn.functional.dropout(hidden, headDropout) : hidden, batch.Mask)),
        ];
    }

    public void Dispose() => Weights.Dispose();
}
