using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Graphs;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>How enum values are written in a manifest, and the names of fields that may be left out.</summary>
internal static class ManifestNames
{
    public const string LowerCase = "do_lower_case";
    public const string StripAccents = "strip_accents";
    public const string SeparateIdeographs = "tokenize_chinese_chars";

    public static (string Name, SpecialTokensInText Value)[] SpecialTokens { get; } =
        [("ids", SpecialTokensInText.BecomeIds), ("text", SpecialTokensInText.StayText)];

    public static (string Name, Activation Value)[] Activations { get; } =
        [("gelu", Activation.Gelu), ("gelu_new", Activation.GeluTanh), ("relu", Activation.Relu)];

    public static (string Name, HeadKind Value)[] HeadKinds { get; } =
        [(HeadKindNames.Pooled, HeadKind.Pooled), (HeadKindNames.LabelAttention, HeadKind.LabelAttention)];
}
