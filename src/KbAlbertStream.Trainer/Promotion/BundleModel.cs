using System.Collections.Immutable;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Trainer.Modelling;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Promotion;

/// <summary>A bundle's network in torch, with the weights of its graph.</summary>
internal sealed class BundleModel : IDisposable
{
    private readonly WeightSet _weights = new(ScalarType.Float32, seed: 0);
    private readonly AlbertEncoder _encoder;
    private readonly ImmutableArray<IClassificationHead> _heads;

    /// <exception cref="InvalidDataException">The bundle holds 8-bit weights.</exception>
    public BundleModel(ModelBundle bundle)
    {
        var (manifest, stored) = (bundle.Manifest, bundle.ReadWeights());
        _encoder = new AlbertEncoder(_weights, ShapeOf(manifest.Encoder));
        _heads = [.. manifest.Heads.Select(HeadOf)];
        using var noGrad = no_grad();
        foreach (var (name, weight) in _weights.ByName)
        {
            using var values = tensor(stored.ByName[name], weight.shape);
            _weights.Set(name, values);
        }
    }

    /// <summary>Logits (B, K) of every head, in the order of the manifest.</summary>
    public Tensor[] Forward(TokenBatch batch)
    {
        var hidden = _encoder.Forward(batch);
        return [.. _heads.Select(head => head.Logits(hidden, batch.Mask))];
    }

    public void Dispose() => _weights.Dispose();

    private static AlbertShape ShapeOf(EncoderShape shape) => new()
    {
        VocabSize = shape.VocabularySize,
        EmbeddingSize = shape.EmbeddingSize,
        HiddenSize = shape.HiddenSize,
        IntermediateSize = shape.IntermediateSize,
        Layers = shape.Layers,
        Groups = shape.HiddenGroups,
        LayersPerGroup = shape.InnerLayers,
        AttentionHeads = shape.AttentionHeads,
        MaxPositions = shape.MaxPositions,
        TokenTypes = Math.Max(2, shape.TokenTypes),
        LayerNormEpsilon = shape.LayerNormEpsilon,
        Activation = shape.Activation switch
        {
            Activation.Gelu => "gelu",
            Activation.Relu => "relu",
            _ => "gelu_new",
        },
    };

    private IClassificationHead HeadOf(BundleHead head)
    {
        var shape = new HeadShape(head.Name, head.Labels, !head.SingleLabel);
        return head.Kind == HeadKind.Pooled
            ? new PooledHead(_weights, shape, _encoder.Shape.HiddenSize)
            : new LabelAttentionHead(_weights, shape, _encoder.Shape.HiddenSize, startBias: 0);
    }
}
