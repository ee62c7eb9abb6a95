using System.Collections.Immutable;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Graphs;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>What a <c>manifest.json</c> says, complete and free of contradictions: <see cref="ManifestReader"/> makes sure.</summary>
public sealed record BundleManifest
{
    /// <summary>The only format there is.</summary>
    public const int Format = 1;

    internal BundleManifest()
    {
    }

    /// <summary>The model's name: the folder above the version's.</summary>
    public required string Name { get; init; }

    /// <summary>The version: the folder's name.</summary>
    public required string Version { get; init; }

    /// <summary>Name and version as every row carries them: <c>demo/20261126.1</c>.</summary>
    public string Id => $"{Name}/{Version}";

    /// <summary>How texts become ids.</summary>
    public required TokenizerOptions Tokenizer { get; init; }

    /// <summary>The longest window, with [CLS] and [SEP].</summary>
    public required int MaxLength { get; init; }

    /// <summary>The encoder's sizes.</summary>
    public required EncoderShape Encoder { get; init; }

    /// <summary>The heads, in the order of the graph's outputs.</summary>
    public required ImmutableArray<BundleHead> Heads { get; init; }

    /// <summary>Version of the label set.</summary>
    public required string LabelSetVersion { get; init; }

    /// <summary>SHA-256 of the training data in lower-case hex.</summary>
    public required string TrainingDataSha256 { get; init; }

    /// <summary>SHA-256 in lower-case hex of every other file of the bundle, by name.</summary>
    public required ImmutableSortedDictionary<string, string> Files { get; init; }

    internal IEnumerable<string> Errors()
    {
        foreach (var name in (string[])[Name, Version])
        {
            if (!BundleNames.IsValid(name))
            {
                yield return $"'{name}' is no name for a folder: letters, digits, '.', '_' and '-' are";
            }
        }

        foreach (var error in Encoder.Errors().Concat(Heads.SelectMany(head => head.Errors())))
        {
            yield return error;
        }

        if (MaxLength < 4 || MaxLength > Encoder.MaxPositions)
        {
            yield return $"max_length is {MaxLength}, between 4 and the encoder's {Encoder.MaxPositions} positions is needed";
        }

        if (Heads.IsEmpty || Heads.Select(head => head.Name).Distinct(StringComparer.Ordinal).Count() != Heads.Length)
        {
            yield return "there is no head, or two have the same name";
        }

        foreach (var file in BundleNames.Required.Except(Files.Keys))
        {
            yield return $"files does not name {file}";
        }

        foreach (var (file, hash) in Files)
        {
            if (!BundleNames.IsValid(file) || !BundleNames.IsSha256(hash))
            {
                yield return $"files has '{file}' with '{hash}': a plain file name and 64 lower-case hex digits are needed";
            }
        }

        if (!BundleNames.IsSha256(TrainingDataSha256))
        {
            yield return "training_data_sha256 is not 64 lower-case hex digits";
        }
    }
}
