using KbAlbertStream.Trainer.Modelling;

namespace KbAlbertStream.Trainer.Training;

/// <summary>What is pre-trained: the encoder, the masked-word head and the sentiment head.</summary>
internal sealed class PretrainingModel : IDisposable
{
    public PretrainingModel(WeightSet weights, AlbertShape shape, HeadShape sentiment)
    {
        Weights = weights;
        Encoder = new AlbertEncoder(weights, shape);
        Words = new MaskedWordHead(weights, shape);
        Sentiment = new LabelAttentionHead(weights, sentiment, shape.HiddenSize, startBias: 0);
    }

    public WeightSet Weights { get; }

    public AlbertEncoder Encoder { get; }

    public MaskedWordHead Words { get; }

    public IClassificationHead Sentiment { get; }

    public void Dispose() => Weights.Dispose();
}
