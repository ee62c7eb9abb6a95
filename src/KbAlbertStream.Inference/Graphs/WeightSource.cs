namespace KbAlbertStream.Inference.Graphs;

/// <summary>
/// Gives a weight by its name in a Hugging Face state dict, row-major, a linear layer's as (out, in); the span is read
/// before the next call. Throws KeyNotFoundException for a name it does not have.
/// </summary>
/// <param name="name">For example <c>albert.embeddings.word_embeddings.weight</c>.</param>
public delegate ReadOnlySpan<float> WeightSource(string name);
