using KbAlbertStream.Inference.Graphs;

namespace KbAlbertStream.Benchmarks.Scoring;

/// <summary>The encoders that are measured; their weights come from a formula, which changes no time.</summary>
internal static class BenchmarkShapes
{
    /// <summary>The shape of the model that ships.</summary>
    public static EncoderShape Demo { get; } = new()
    {
        VocabularySize = 16000,
        EmbeddingSize = 128,
        HiddenSize = 256,
        Layers = 2,
        HiddenGroups = 2,
        AttentionHeads = 4,
        IntermediateSize = 1024,
        MaxPositions = 512,
    };

    /// <summary>The shape of KB-ALBERT-CHAR-v2.</summary>
    public static EncoderShape Base { get; } = new()
    {
        VocabularySize = 9607,
        EmbeddingSize = 128,
        HiddenSize = 768,
        Layers = 12,
        AttentionHeads = 12,
        IntermediateSize = 3072,
        MaxPositions = 512,
    };

    /// <summary>The heads of the service.</summary>
    public static GraphHead[] Heads { get; } =
    [
        new("sentiment", HeadKind.Pooled, 3), new("reputation", HeadKind.LabelAttention, 19),
        new("compliance", HeadKind.LabelAttention, 17),
    ];
}
