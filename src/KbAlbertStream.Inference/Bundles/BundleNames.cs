using System.Collections.Immutable;
using System.Security.Cryptography;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>The files of a bundle, and what may be a name there.</summary>
internal static class BundleNames
{
    public const string Manifest = "manifest.json";
    public const string Graph = "model.onnx";
    public const string Vocabulary = "vocab.txt";
    public const string Golden = "golden.json";
    public const string Metrics = "metrics.json";
    public const string ModelCard = "MODEL_CARD.md";
    public const string Current = "current";

    /// <summary>What every bundle has beside its manifest.</summary>
    public static ImmutableArray<string> Required { get; } = [Graph, Vocabulary, Golden, Metrics, ModelCard];

    /// <summary>Whether a name is safe as the name of one file or folder: no separator, not hidden.</summary>
    public static bool IsValid(string name) => name.Length is > 0 and <= 100 && name[0] is not ('.' or '-')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    /// <summary>Whether a text is 64 lower-case hex digits.</summary>
    public static bool IsSha256(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>SHA-256 of a file's bytes in lower-case hex.</summary>
    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
