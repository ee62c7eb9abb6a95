using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>
/// ALBERT's masked-word head: hidden state -> embedding size -> activation -> layer norm -> the word embeddings (tied),
/// or a table of its own.
/// </summary>
internal sealed class MaskedWordHead
{
    private const string OwnTable = "predictions.decoder.weight";
    private readonly WeightSet _weights;
    private readonly AlbertShape _shape;
    private readonly string _table;

    public MaskedWordHead(WeightSet weights, AlbertShape shape, bool tied = true)
    {
        (_weights, _shape) = (weights, shape);
        _table = tied ? "albert.embeddings.word_embeddings.weight" : OwnTable;
        weights.AddLinear("predictions.dense", shape.EmbeddingSize, shape.HiddenSize);
        weights.AddLayerNorm("predictions.LayerNorm", shape.EmbeddingSize);
        weights.Add("predictions.bias", [shape.VocabSize], () => zeros(shape.VocabSize));
        if (!tied)
        {
            weights.AddNormal(OwnTable, shape.VocabSize, shape.EmbeddingSize);
        }
    }

    /// <summary>One logit a word of the vocabulary, in float32, for hidden states of any shape (..., hidden).</summary>
    public Tensor Logits(Tensor hidden)
    {
        var x = HiddenActivation.Apply(_shape.Activation, _weights.Linear(hidden, "predictions.dense"));
        x = _weights.LayerNorm(x, "predictions.LayerNorm", _shape.LayerNormEpsilon);
        return F.linear(x, _weights[_table], _weights["predictions.bias"]).to_type(ScalarType.Float32);
    }

    /// <summary>Mean cross-entropy of the words that stood at <paramref name="places"/>.</summary>
    /// <param name="hidden">(B, S, hidden).</param>
    /// <param name="places">int64 (M): row-major places in B x S.</param>
    /// <param name="words">int64 (M): the ids that stood there.</param>
    public Tensor Loss(Tensor hidden, Tensor places, Tensor words)
    {
        // Only the masked places go through the vocabulary: a seventh of the work.
        var chosen = hidden.reshape(-1, _shape.HiddenSize).index_select(0, places);
        return F.cross_entropy(Logits(chosen), words);
    }
}
