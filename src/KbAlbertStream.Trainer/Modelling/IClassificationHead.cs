using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>What turns the encoder's hidden states into one logit a label.</summary>
internal interface IClassificationHead
{
    /// <summary>Name, kind and labels.</summary>
    HeadShape Shape { get; }

    /// <summary>Logits (B, K) in float32.</summary>
    /// <param name="hidden">(B, S, H).</param>
    /// <param name="mask">bool (B, S), true where a token stands; null when nothing is padded.</param>
    Tensor Logits(Tensor hidden, Tensor? mask);
}
