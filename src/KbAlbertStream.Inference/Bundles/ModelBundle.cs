using System.Collections.Immutable;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Graphs;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>
/// A bundle read from disk: every file has the hash that the manifest names, and the parts fit each other. Whether it
/// computes what it should is checked by <see cref="Scoring.TextScorer.Load"/>.
/// </summary>
public sealed class ModelBundle
{
    private ModelBundle(string folder, BundleManifest manifest, Vocabulary vocabulary, byte[] graph, GoldenTexts golden)
    {
        Folder = folder;
        Manifest = manifest;
        Vocabulary = vocabulary;
        Graph = graph;
        Golden = golden;
    }

    /// <summary>The version folder.</summary>
    public string Folder { get; }

    /// <summary>The manifest.</summary>
    public BundleManifest Manifest { get; }

    /// <summary>The vocabulary.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>The bytes of <c>model.onnx</c>.</summary>
    internal byte[] Graph { get; }

    /// <summary>The graph's weights by their Hugging Face names.</summary>
    /// <exception cref="InvalidDataException">They are 8-bit integers.</exception>
    public GraphWeights ReadWeights() => new(Graph, Manifest.Encoder);

    internal GoldenTexts Golden { get; }

    /// <summary>Reads the bundle that a path means (see <see cref="BundleLocator.Resolve"/>).</summary>
    /// <exception cref="BundleException">It is missing or damaged, or its parts do not fit; lists everything.</exception>
    public static ModelBundle Open(string path)
    {
        var folder = BundleLocator.Resolve(path);
        var manifest = ManifestReader.Read(File.ReadAllBytes(Path.Combine(folder, BundleNames.Manifest)), out var errors)
            ?? throw new BundleException(folder, errors);
        var files = ReadFiles(folder, manifest, errors);
        if (errors.Count > 0)
        {
            throw new BundleException(folder, errors);
        }

        // The hashes are right from here on, so a fault below is the writer's.
        var vocabulary = ReadVocabulary(files[BundleNames.Vocabulary], manifest, errors);
        var golden = GoldenTexts.Read(files[BundleNames.Golden], manifest, errors);
        return errors.Count == 0
            ? new ModelBundle(folder, manifest, vocabulary!, files[BundleNames.Graph], golden!)
            : throw new BundleException(folder, errors);
    }

    private static Dictionary<string, byte[]> ReadFiles(string folder, BundleManifest manifest, List<string> errors)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, hash) in manifest.Files)
        {
            try
            {
                files[name] = File.ReadAllBytes(Path.Combine(folder, name));
            }
            catch (IOException e)
            {
                errors.Add($"{name} cannot be read: {e.Message}");
                continue;
            }

            if (BundleNames.Sha256(files[name]) is var actual && actual != hash)
            {
                errors.Add($"{name} has SHA-256 {actual}, the manifest says {hash}");
            }
        }

        return files;
    }

    private static Vocabulary? ReadVocabulary(byte[] file, BundleManifest manifest, List<string> errors)
    {
        try
        {
            var vocabulary = Vocabulary.Parse(file);
            if (vocabulary.Tokens.Length != manifest.Encoder.VocabularySize)
            {
                errors.Add($"{BundleNames.Vocabulary} has {vocabulary.Tokens.Length} tokens, the encoder has "
                    + $"{manifest.Encoder.VocabularySize} embeddings");
            }

            errors.AddRange(vocabulary.Added.Select(token => $"{BundleNames.Vocabulary} lacks {token}"));
            return vocabulary;
        }
        catch (FormatException e)
        {
            errors.Add($"{BundleNames.Vocabulary}: {e.Message}");
            return null;
        }
    }
}
