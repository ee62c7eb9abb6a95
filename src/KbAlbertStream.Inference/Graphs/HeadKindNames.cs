namespace KbAlbertStream.Inference.Graphs;

/// <summary>How head kinds are written in manifests and in the metadata of a graph.</summary>
internal static class HeadKindNames
{
    public const string Pooled = "pooled";
    public const string LabelAttention = "label-attention";

    /// <summary>The written form.</summary>
    public static string Of(HeadKind kind) => kind == HeadKind.Pooled ? Pooled : LabelAttention;
}
