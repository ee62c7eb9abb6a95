using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace KbAlbertStream.Trainer.Promotion;

/// <summary>
/// A bundle's network as a padded graph, run as other runtimes would: texts sorted by length, a batch padded to its longest.
/// </summary>
internal sealed class PaddedGraph : IDisposable
{
    private const int BatchSize = 16;
    private static readonly string[] Inputs = ["input_ids", "attention_mask"];

    private readonly BundleManifest _manifest;
    private readonly int _padding;
    private readonly InferenceSession _session;

    public PaddedGraph(ModelBundle bundle, GraphForm form, int threads)
    {
        (_manifest, _padding) = (bundle.Manifest, bundle.Vocabulary.PaddingId);
        using var file = new MemoryStream();
        AlbertGraph.Write(
            file, _manifest.Encoder, [.. _manifest.Heads.Select(head => head.InGraph)], bundle.ReadWeights().Read,
            GraphPrecision.Full, form);
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
        _session = new InferenceSession(file.ToArray(), options);
    }

    /// <summary>The logits of every head of each text, in the order of the texts.</summary>
    /// <param name="texts">Ids with [CLS] and [SEP].</param>
    public float[][][] Logits(IReadOnlyList<int[]> texts)
    {
        var logits = new float[texts.Count][][];
        using var run = new RunOptions();
        foreach (var batch in Enumerable.Range(0, texts.Count).OrderBy(i => texts[i].Length).Chunk(BatchSize))
        {
            var longest = batch.Max(i => texts[i].Length);
            var (ids, mask) = (new long[batch.Length * longest], new long[batch.Length * longest]);
            Array.Fill(ids, _padding);
            for (var row = 0; row < batch.Length; row++)
            {
                for (var i = 0; i < texts[batch[row]].Length; i++)
                {
                    ids[(row * longest) + i] = texts[batch[row]][i];
                    mask[(row * longest) + i] = 1;
                }
            }

            long[] shape = [batch.Length, longest];
            using var idTensor = OrtValue.CreateTensorValueFromMemory(ids, shape);
            using var maskTensor = OrtValue.CreateTensorValueFromMemory(mask, shape);
            using var outputs = _session.Run(
                run, Inputs, [idTensor, maskTensor], [.. _manifest.Heads.Select(head => head.Name)]);
            for (var row = 0; row < batch.Length; row++)
            {
                logits[batch[row]] = [.. _manifest.Heads.Select((head, output) => outputs[output]
                    .GetTensorDataAsSpan<float>().Slice(row * head.Labels.Length, head.Labels.Length).ToArray())];
            }
        }

        return logits;
    }

    public void Dispose() => _session.Dispose();
}
