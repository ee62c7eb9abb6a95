using System.Collections.Immutable;
using System.Text;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using Microsoft.Extensions.Logging.Abstractions;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>Writes a new version of a model: all of it or nothing.</summary>
/// <remarks>
/// 1. Write graph, vocabulary, metrics and card into a hidden folder. 2. Score the golden texts on the CPU. 3. Write the
/// manifest with every file's hash. 4. Load the result like a worker does. 5. Give the folder its name. The version is
/// not in use until <see cref="BundleLocator.MakeCurrent"/>.
/// </remarks>
public static class BundleWriter
{
    private static readonly EncoderOptions Reference = new() { Provider = ExecutionProvider.Cpu };

    /// <summary>Writes the bundle and returns its folder.</summary>
    /// <param name="modelFolder">The folder of all versions, <c>models/NAME</c>; made when missing.</param>
    /// <param name="draft">What to write.</param>
    /// <exception cref="BundleException">The draft contradicts itself; lists everything.</exception>
    /// <exception cref="IOException">The version exists: a version never changes.</exception>
    public static string Write(string modelFolder, BundleDraft draft)
    {
        var manifest = ManifestOf(draft);
        if (manifest.Errors().ToList() is { Count: > 0 } errors)
        {
            throw new BundleException(draft.Name, errors);
        }

        var target = Path.Combine(modelFolder, draft.Version);
        if (Path.Exists(target))
        {
            throw new IOException($"{target} exists, and a version never changes.");
        }

        var hidden = Directory.CreateDirectory(Path.Combine(modelFolder, $".{draft.Version}.{Guid.NewGuid():N}")).FullName;
        try
        {
            Fill(hidden, draft, manifest);
            TextScorer.Load(hidden, Reference).Dispose();
            Directory.Move(hidden, target);
            return target;
        }
        catch
        {
            Directory.Delete(hidden, recursive: true);
            throw;
        }
    }

    private static void Fill(string folder, BundleDraft draft, BundleManifest manifest)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [BundleNames.Graph] = GraphOf(draft),
            [BundleNames.Vocabulary] = draft.Vocabulary.ToBytes(),
            [BundleNames.Metrics] = Encoding.UTF8.GetBytes(draft.Metrics),
            [BundleNames.ModelCard] = Encoding.UTF8.GetBytes(draft.ModelCard),
        };

        // Float16 has to come near float32; the others are their own measure.
        var golden = draft.Precision == GraphPrecision.Half
            ? GraphOf(draft with { Precision = GraphPrecision.HalfStorage, Form = GraphForm.NoPadding })
            : files[BundleNames.Graph];
        files[BundleNames.Golden] = GoldenOf(draft, manifest, golden, folder).Write(manifest);
        foreach (var (name, bytes) in files)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }

        var hashes = files.ToImmutableSortedDictionary(
            file => file.Key, file => BundleNames.Sha256(file.Value), StringComparer.Ordinal);
        File.WriteAllBytes(
            Path.Combine(folder, BundleNames.Manifest), ManifestWriter.Write(manifest with { Files = hashes }));
    }

    private static byte[] GraphOf(BundleDraft draft)
    {
        using var file = new MemoryStream();
        AlbertGraph.Write(
            file,
            draft.Encoder,
            [.. draft.Heads.Select(head => head.InGraph)],
            draft.Weights,
            draft.Precision,
            draft.Form);
        return file.ToArray();
    }

    private static GoldenTexts GoldenOf(BundleDraft draft, BundleManifest manifest, byte[] graph, string folder)
    {
        using var scorer = new TextScorer(manifest, draft.Vocabulary, graph, folder, Reference, NullLogger.Instance);
        var logits = scorer.Logits(draft.GoldenTexts);
        return new GoldenTexts(
            draft.Precision switch
            {
                GraphPrecision.EightBit => GoldenTexts.EightBitTolerance,
                GraphPrecision.Half => GoldenTexts.Float16Tolerance,
                _ => GoldenTexts.Float32Tolerance,
            },
            [
                .. draft.GoldenTexts.Select((text, i) => new GoldenText(
                    text.ModelInput,
                    [.. GoldenCheck.IdsOf(scorer.Tokenizer, text.ModelInput)],
                    [.. manifest.Heads.Select((_, head) => logits[i][head].ToImmutableArray())])),
            ]);
    }

    private static BundleManifest ManifestOf(BundleDraft draft) => new()
    {
        Name = draft.Name,
        Version = draft.Version,
        Tokenizer = draft.Tokenizer,
        MaxLength = draft.MaxLength,
        Encoder = draft.Encoder,
        Heads = draft.Heads,
        LabelSetVersion = draft.LabelSetVersion,
        TrainingDataSha256 = draft.TrainingDataSha256,
        // The real hashes come last; until then every file has to be named.
        Files = BundleNames.Required.ToImmutableSortedDictionary(name => name, _ => new string('0', 64)),
    };
}
