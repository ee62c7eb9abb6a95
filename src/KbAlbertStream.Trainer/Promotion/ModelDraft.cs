using KbAlbertStream.Core.Text;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Trainer.Modelling;
using TorchSharp;

namespace KbAlbertStream.Trainer.Promotion;

/// <summary>A trained model as a bundle to be: not calibrated, not measured.</summary>
internal static class ModelDraft
{
    private const float UnsetCut = 0.5f;

    /// <summary>The draft: temperature 1, every cut one half, no figures.</summary>
    public static BundleDraft Of(
        string name, string version, RiskModel model, string labelSetVersion, Vocabulary vocabulary, string trainingData) => new()
        {
            Name = name,
            Version = version,
            Vocabulary = vocabulary,
            MaxLength = model.Encoder.Shape.MaxPositions,
            Encoder = ShapeOf(model.Encoder.Shape),
            Heads = [.. model.Heads.Select(HeadOf)],
            Weights = weight => model.Weights.ByName[weight].data<float>().ToArray(),
            LabelSetVersion = labelSetVersion,
            TrainingDataSha256 = trainingData,
            GoldenTexts = GoldenExamples.Prepare(new TextPreparer()),
            Metrics = "{}",
            ModelCard = "",
        };

    /// <summary>The encoder as the graph sees it.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="types">Whether the graph gets an input for token types; without, every token is of type 0.</param>
    public static EncoderShape ShapeOf(AlbertShape shape, bool types = false) => new()
    {
        VocabularySize = shape.VocabSize,
        EmbeddingSize = shape.EmbeddingSize,
        HiddenSize = shape.HiddenSize,
        Layers = shape.Layers,
        HiddenGroups = shape.Groups,
        InnerLayers = shape.LayersPerGroup,
        AttentionHeads = shape.AttentionHeads,
        IntermediateSize = shape.IntermediateSize,
        MaxPositions = shape.MaxPositions,
        TokenTypes = types ? shape.TokenTypes : 0,
        Activation = HiddenActivation.Of(shape.Activation),
        LayerNormEpsilon = (float)shape.LayerNormEpsilon,
    };

    private static BundleHead HeadOf(IClassificationHead head) => new()
    {
        Name = head.Shape.Name,
        Kind = head is LabelAttentionHead ? HeadKind.LabelAttention : HeadKind.Pooled,
        SingleLabel = !head.Shape.MultiLabel,
        Labels = head.Shape.Labels,
        Thresholds = head.Shape.MultiLabel ? [.. head.Shape.Labels.Select(_ => UnsetCut)] : [],
    };
}
