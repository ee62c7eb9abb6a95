using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>
/// ALBERT's masked-word head: hidden state -> embedding size -> gelu_new -> layer norm -> the word embeddings (tied).
/// </summary>
internal sealed class MaskedWordHead
{
    private readonly WeightSet _weights;
    private readonly AlbertShape _shape;

    public MaskedWordHead(WeightSet weights, AlbertShape shape)
    {
        (_weights, _shape) = (weights, shape);
        weights.AddLinear("predictions.dense", shape.EmbeddingSize, shape.HiddenSize);
        weights.AddLayerNorm("predictions.LayerNorm", shape.EmbeddingSize);
        weights.Add("predictions.bias", zeros(shape.VocabSize));
    }

    /// <summary>Mean cross-entropy of the words that stood at <paramref name="places"/>.</summary>
    /// <param name="hidden">(B, S, hidden).</param>
    /// <param name="places">int64 (M): row-major places in B x S.</param>
    /// <param name="words">int64 (M): the ids that stood there.</param>
    public Tensor Loss(Tensor hidden, Tensor places, Tensor words)
    {
        // Only the masked places go through the vocabulary: a seventh of the work.
        var chosen = hidden.reshape(-1, _shape.HiddenSize).index_select(0, places);
        var x = F.gelu(_weights.Linear(chosen, "predictions.dense"), GELU.Approximate.tanh);
        x = _weights.LayerNorm(x, "predictions.LayerNorm", _shape.LayerNormEpsilon);
        var table = _weights["albert.embeddings.word_embeddings.weight"];
        return F.cross_entropy(F.linear(x, table, _weights["predictions.bias"]).to_type(ScalarType.Float32), words);
    }
}
