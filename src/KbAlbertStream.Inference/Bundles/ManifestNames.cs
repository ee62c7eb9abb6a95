using KbAlbertStream.Inference.Graphs;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>How enum values are written in a manifest.</summary>
internal static class ManifestNames
{
    public static (string Name, Activation Value)[] Activations { get; } =
        [("gelu", Activation.Gelu), ("gelu_new", Activation.GeluTanh), ("relu", Activation.Relu)];

    public static (string Name, HeadKind Value)[] HeadKinds { get; } =
        [(HeadKindNames.Pooled, HeadKind.Pooled), (HeadKindNames.LabelAttention, HeadKind.LabelAttention)];
}
