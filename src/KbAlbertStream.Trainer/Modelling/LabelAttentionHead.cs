using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>
/// A head in which every label k attends to the text with a query of its own:
/// a = softmax over the tokens of x.q_k, logit_k = sum over tokens of a_t (x_t.w_k) + b_k.
/// </summary>
/// <remarks>Weights: <c>heads.NAME.query</c> (K, H), <c>.weight</c> (K, H), <c>.bias</c> (K). Computed in float32.</remarks>
internal sealed class LabelAttentionHead : IClassificationHead
{
    private readonly WeightSet _weights;

    /// <param name="weights">Where the head's weights are added.</param>
    /// <param name="head">Name and labels.</param>
    /// <param name="hiddenSize">H.</param>
    /// <param name="startBias">First value of every bias: -3 starts rare labels at a probability of 5 %.</param>
    public LabelAttentionHead(WeightSet weights, HeadShape head, int hiddenSize, double startBias)
    {
        (_weights, Shape) = (weights, head);
        weights.AddNormal($"heads.{head.Name}.query", head.Labels.Length, hiddenSize);
        weights.AddNormal($"heads.{head.Name}.weight", head.Labels.Length, hiddenSize);
        weights.Add(
            $"heads.{head.Name}.bias", [head.Labels.Length], () => full(head.Labels.Length, startBias, ScalarType.Float32));
    }

    /// <inheritdoc/>
    public HeadShape Shape { get; }

    /// <inheritdoc/>
    public Tensor Logits(Tensor hidden, Tensor? mask) =>
        Contributions(hidden, mask).sum(1) + _weights.ByName[$"heads.{Shape.Name}.bias"];

    /// <summary>What each token adds to each label: (B, S, K). Padding adds nothing.</summary>
    public Tensor Contributions(Tensor hidden, Tensor? mask)
    {
        var x = hidden.to_type(ScalarType.Float32);
        var scores = x.matmul(_weights.ByName[$"heads.{Shape.Name}.query"].t());
        if (mask is not null)
        {
            scores = scores.masked_fill(mask.unsqueeze(-1).logical_not(), double.NegativeInfinity);
        }

        return scores.softmax(1) * x.matmul(_weights.ByName[$"heads.{Shape.Name}.weight"].t());
    }
}
