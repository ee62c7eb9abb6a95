using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>What <see cref="AlbertModel"/> gives, in float32.</summary>
/// <param name="LastHiddenState">(B, S, H).</param>
/// <param name="PoolerOutput">(B, H): tanh of a linear map of the first token's hidden state.</param>
/// <param name="HiddenStates">(B, S, H) each: the mapped embeddings, then what each layer gives.</param>
public sealed record AlbertOutput(Tensor LastHiddenState, Tensor PoolerOutput, IReadOnlyList<Tensor> HiddenStates);
