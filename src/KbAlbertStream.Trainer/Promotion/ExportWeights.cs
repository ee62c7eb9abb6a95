using KbAlbertStream.Trainer.Modelling;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Promotion;

/// <summary>
/// Brings weights into the form that the file stores, so that torch and the exported graph compute with the same
/// numbers and any difference between their logits is a fault of the graph.
/// </summary>
internal static class ExportWeights
{
    private const string Positions = "albert.embeddings.position_embeddings.weight";
    private const string Types = "albert.embeddings.token_type_embeddings.weight";

    /// <summary>Rounds every weight to float16, and adds token type 0, which every token has, to the positions first.</summary>
    public static void Round(WeightSet weights)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();

        // The graph stores the sum: rounded apart, the two would give another one.
        weights.Set(Positions, weights.ByName[Positions] + weights.ByName[Types][0]);
        weights.Set(Types, zeros_like(weights.ByName[Types]));
        foreach (var (name, weight) in weights.ByName)
        {
            weights.Set(name, weight.to_type(ScalarType.Float16).to_type(ScalarType.Float32));
        }
    }
}
