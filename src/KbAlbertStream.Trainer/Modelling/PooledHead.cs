using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>
/// The head of Transformers' sequence classification: tanh pooler over [CLS], then a linear map. All pooled heads of
/// a model share the pooler.
/// </summary>
/// <remarks>Weights: <c>albert.pooler</c> (H, H), <c>heads.NAME.weight</c> (K, H), <c>.bias</c> (K), or a name of its
/// own such as <c>classifier</c>. Computed in float32.</remarks>
internal sealed class PooledHead : IClassificationHead
{
    private readonly WeightSet _weights;
    private readonly Pooler _pooler;
    private readonly string _name;

    public PooledHead(WeightSet weights, HeadShape head, int hiddenSize, string? weightName = null)
    {
        (_weights, Shape, _name) = (weights, head, weightName ?? $"heads.{head.Name}");
        _pooler = new Pooler(weights, hiddenSize);
        weights.AddLinear(_name, head.Labels.Length, hiddenSize);
    }

    /// <inheritdoc/>
    public HeadShape Shape { get; }

    /// <inheritdoc/>
    public Tensor Logits(Tensor hidden, Tensor? mask) => LogitsOfPooled(_pooler.Apply(hidden));

    /// <summary>The same, with some of the pooled values dropped first.</summary>
    public Tensor Logits(Tensor hidden, double dropout) =>
        LogitsOfPooled(AlbertEncoder.Dropped(_pooler.Apply(hidden), dropout));

    private Tensor LogitsOfPooled(Tensor pooled) =>
        nn.functional.linear(pooled, _weights.ByName[$"{_name}.weight"], _weights.ByName[$"{_name}.bias"]);
}
