using KbAlbertStream.Trainer.Checkpoints;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>Transformers' <c>AlbertForMaskedLM</c>: for every token one logit a word of the vocabulary.</summary>
public sealed class AlbertForMaskedLM : PretrainedAlbert
{
    private readonly MaskedWordHead _words;

    private AlbertForMaskedLM(AlbertConfig config, WeightSet weights)
        : base(config, weights) => _words = new MaskedWordHead(weights, config.Shape, config.TieWordEmbeddings);

    /// <summary>Reads a Hugging Face folder.</summary>
    /// <exception cref="CheckpointException">The folder cannot be read, or holds another model.</exception>
    public static AlbertForMaskedLM FromPretrained(string folder) =>
        Read(folder, (config, weights) => new AlbertForMaskedLM(config, weights));

    /// <summary>Logits (B, S, vocabulary).</summary>
    public Tensor Forward(TokenBatch batch, bool training = false) => _words.Logits(Encode(batch, training));

    /// <summary>Mean cross-entropy over the tokens with a label.</summary>
    /// <param name="logits">(B, S, vocabulary).</param>
    /// <param name="labels">int64 (B, S): the word that stood there, or -100.</param>
    public static Tensor Loss(Tensor logits, Tensor labels) =>
        F.cross_entropy(logits.reshape(-1, logits.shape[^1]), labels.reshape(-1));
}
