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
    private const string Pooler = "albert.pooler";
    private readonly WeightSet _weights;
    private readonly string _name;

    public PooledHead(WeightSet weights, HeadShape head, int hiddenSize, string? weightName = null)
    {
        (_weights, Shape, _name) = (weights, head, weightName ?? $"heads.{head.Name}");
        if (!weights.ByName.ContainsKey($"{Pooler}.weight"))
        {
            weights.AddLinear(Pooler, hiddenSize, hiddenSize);
        }

        weights.AddLinear(_name, head.Labels.Length, hiddenSize);
    }

    /// <inheritdoc/>
    public HeadShape Shape { get; }

    /// <inheritdoc/>
    public Tensor Logits(Tensor hidden, Tensor? mask)
    {
        var first = hidden.select(1, 0).to_type(ScalarType.Float32);
        return Linear(Linear(first, Pooler).tanh(), _name);
    }

    private Tensor Linear(Tensor x, string name) =>
        nn.functional.linear(x, _weights.ByName[$"{name}.weight"], _weights.ByName[$"{name}.bias"]);
}
