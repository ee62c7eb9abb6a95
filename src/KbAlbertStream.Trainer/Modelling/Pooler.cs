using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>ALBERT's pooler: tanh of a linear map of the first token's hidden state. All who use it share its weights.</summary>
internal sealed class Pooler
{
    private const string Name = "albert.pooler";
    private readonly WeightSet _weights;

    public Pooler(WeightSet weights, int hiddenSize)
    {
        _weights = weights;
        if (!weights.ByName.ContainsKey($"{Name}.weight"))
        {
            weights.AddLinear(Name, hiddenSize, hiddenSize);
        }
    }

    /// <summary>(B, H) in float32 from hidden states (B, S, H).</summary>
    public Tensor Apply(Tensor hidden) => nn.functional.linear(
        hidden.select(1, 0).to_type(ScalarType.Float32),
        _weights.ByName[$"{Name}.weight"],
        _weights.ByName[$"{Name}.bias"]).tanh();
}
