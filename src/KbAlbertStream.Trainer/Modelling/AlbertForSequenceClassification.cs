using KbAlbertStream.Trainer.Checkpoints;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>Transformers' <c>AlbertForSequenceClassification</c>: one logit a label of config.json's id2label.</summary>
public sealed class AlbertForSequenceClassification : PretrainedAlbert
{
    private const string MultiLabel = "multi_label_classification", Regression = "regression";
    private readonly PooledHead _head;

    internal AlbertForSequenceClassification(AlbertConfig config, WeightSet weights)
        : base(config, weights) => _head = new PooledHead(
            weights,
            new HeadShape("classifier", config.Labels, config.ProblemType == MultiLabel),
            config.Shape.HiddenSize,
            "classifier");

    /// <summary>Reads a Hugging Face folder; without a stored classifier it begins with random values.</summary>
    /// <exception cref="CheckpointException">The folder cannot be read, or holds another model.</exception>
    public static AlbertForSequenceClassification FromPretrained(string folder) =>
        Read(folder, (config, weights) => new AlbertForSequenceClassification(config, weights));

    /// <summary>The same with other labels and another kind of problem than config.json says, for fine-tuning.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="change">What is different.</param>
    /// <param name="seed">Decides the first values of a classifier that is not stored.</param>
    public static AlbertForSequenceClassification FromPretrained(
        string folder, Func<AlbertConfig, AlbertConfig> change, long seed) =>
        Read(folder, (config, weights) => new AlbertForSequenceClassification(change(config), weights), seed);

    /// <summary>Logits (B, labels).</summary>
    public Tensor Forward(TokenBatch batch, bool training = false) =>
        _head.Logits(Encode(batch, training), training ? Config.ClassifierDropout : 0);

    /// <summary>The mean loss of config.json's problem_type.</summary>
    /// <param name="logits">(B, labels).</param>
    /// <param name="labels">
    /// int64 (B) for one label a text (when problem_type says nothing, integers mean this), float32 (B, labels) for
    /// several labels a text or for regression.
    /// </param>
    public Tensor Loss(Tensor logits, Tensor labels) => Config.ProblemType switch
    {
        Regression => F.mse_loss(logits.squeeze(), labels.squeeze()),
        MultiLabel => F.binary_cross_entropy_with_logits(logits, labels),
        null when labels.is_floating_point() && Config.Labels.Length > 1 => F.binary_cross_entropy_with_logits(logits, labels),
        null when Config.Labels.Length == 1 => F.mse_loss(logits.squeeze(), labels.squeeze()),
        _ => F.cross_entropy(logits, labels),
    };
}
