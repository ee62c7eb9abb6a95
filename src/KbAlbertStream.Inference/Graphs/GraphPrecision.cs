namespace KbAlbertStream.Inference.Graphs;

/// <summary>How the file stores weights, and what the runtime computes in.</summary>
public enum GraphPrecision
{
    /// <summary>As float32, and computed so.</summary>
    Full,

    /// <summary>As float16 with a cast that the runtime folds at load: half the file, computed in float32.</summary>
    HalfStorage,

    /// <summary>
    /// As float16, and the encoder computes so, from the embeddings to the last hidden states; heads, logits and
    /// contributions are float32. For CUDA: on the CPU ONNX Runtime puts casts around every operator and is slower for it.
    /// </summary>
    Half,

    /// <summary>
    /// The products of the encoder's layers in 8-bit integers: weights signed, with a scale for each output; activations
    /// quantised as they come, with one scale for a whole pass, so a text's logits depend a little on its neighbours.
    /// Embeddings, pooler and heads stay float32. CPU only.
    /// </summary>
    EightBit,
}
