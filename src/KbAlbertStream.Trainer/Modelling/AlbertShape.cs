namespace KbAlbertStream.Trainer.Modelling;

/// <summary>The sizes of an ALBERT encoder. Those that are not given are the shipped model's.</summary>
public sealed record AlbertShape
{
    /// <summary>Rows of the word embedding.</summary>
    public required int VocabSize { get; init; }

    /// <summary>Width of the embeddings, before the mapping to the hidden size.</summary>
    public int EmbeddingSize { get; init; } = 128;

    /// <summary>Width of the hidden states.</summary>
    public int HiddenSize { get; init; } = 256;

    /// <summary>Width of the feed-forward part.</summary>
    public int IntermediateSize { get; init; } = 1024;

    /// <summary>How many times a group of layers is applied.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>How many sets of layer weights there are; the layers are spread over them in order.</summary>
    public int Groups { get; init; } = 2;

    /// <summary>How many layers, with weights of their own, one group applies in a row.</summary>
    public int LayersPerGroup { get; init; } = 1;

    /// <summary>Attention heads.</summary>
    public int AttentionHeads { get; init; } = 4;

    /// <summary>Rows of the position embedding: the longest input.</summary>
    public int MaxPositions { get; init; } = 512;

    /// <summary>Rows of the token-type embedding.</summary>
    public int TokenTypes { get; init; } = 2;

    /// <summary>Epsilon of every layer normalisation.</summary>
    public double LayerNormEpsilon { get; init; } = 1e-12;

    /// <summary><c>hidden_act</c>: <c>gelu_new</c> (tanh form), <c>gelu</c> (erf), <c>relu</c>, or another name of these.</summary>
    public string Activation { get; init; } = "gelu_new";
}
