namespace KbAlbertStream.Inference.Graphs;

/// <summary>The sizes of an ALBERT encoder, as in a Hugging Face config.json.</summary>
public sealed record EncoderShape
{
    /// <summary>Rows of the word embedding.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the embeddings, before the mapping to the hidden size.</summary>
    public required int EmbeddingSize { get; init; }

    /// <summary>Width of the hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>How many times a layer is applied.</summary>
    public required int Layers { get; init; }

    /// <summary>How many sets of weights the layers share: layer i uses group i * groups / layers.</summary>
    public int HiddenGroups { get; init; } = 1;

    /// <summary>Layers inside one group (<c>inner_group_num</c>).</summary>
    public int InnerLayers { get; init; } = 1;

    /// <summary>Attention heads.</summary>
    public required int AttentionHeads { get; init; }

    /// <summary>Width of the feed-forward part.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Rows of the position embedding: the longest input, with [CLS] and [SEP].</summary>
    public required int MaxPositions { get; init; }

    /// <summary>
    /// Rows of the token-type embedding, from which the graph's input <c>token_type_ids</c> chooses. 0: every token is of
    /// type 0, whose row is added to the positions, and there is no such input.
    /// </summary>
    public int TokenTypes { get; init; }

    /// <summary>Activation of the feed-forward part.</summary>
    public Activation Activation { get; init; } = Activation.GeluTanh;

    /// <summary>Epsilon of every layer normalisation.</summary>
    public float LayerNormEpsilon { get; init; } = 1e-12f;

    /// <summary>The group whose weights a layer uses.</summary>
    public int GroupOf(int layer) => layer * HiddenGroups / Layers;

    /// <summary>Everything that makes these sizes impossible; empty when they fit each other.</summary>
    public IEnumerable<string> Errors()
    {
        (string Name, int Value)[] sizes =
        [
            (nameof(VocabularySize), VocabularySize), (nameof(EmbeddingSize), EmbeddingSize),
            (nameof(HiddenSize), HiddenSize), (nameof(Layers), Layers), (nameof(HiddenGroups), HiddenGroups),
            (nameof(InnerLayers), InnerLayers), (nameof(AttentionHeads), AttentionHeads),
            (nameof(IntermediateSize), IntermediateSize),
        ];
        foreach (var (name, value) in sizes)
        {
            if (value < 1)
            {
                yield return $"{name} is {value}, at least 1 is needed";
            }
        }

        if (MaxPositions < 4)
        {
            yield return $"{nameof(MaxPositions)} is {MaxPositions}, at least 4 is needed";
        }

        if (TokenTypes < 0)
        {
            yield return $"{nameof(TokenTypes)} is {TokenTypes}, at least 0 is needed";
        }

        if (AttentionHeads > 0 && HiddenSize % AttentionHeads != 0)
        {
            yield return $"{nameof(HiddenSize)} {HiddenSize} is no multiple of {nameof(AttentionHeads)} {AttentionHeads}";
        }

        if (HiddenGroups > Layers)
        {
            yield return $"{nameof(HiddenGroups)} {HiddenGroups} exceeds {nameof(Layers)} {Layers}";
        }

        if (!(LayerNormEpsilon > 0))
        {
            yield return $"{nameof(LayerNormEpsilon)} is {LayerNormEpsilon}, it must be positive";
        }
    }
}
