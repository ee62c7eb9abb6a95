using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Promotion;
using Microsoft.ML.OnnxRuntime;

namespace KbAlbertStream.Trainer.Tests.Support;

/// <summary>A classifier in ONNX Runtime, in any form of the graph, with token types.</summary>
internal sealed class GraphRun : IDisposable
{
    private readonly InferenceSession _session;
    private readonly GraphForm _form;

    public GraphRun(AlbertForSequenceClassification model, GraphForm form)
    {
        using var file = new MemoryStream();
        PretrainedGraph.Write(file, model, "logits", form, types: true);
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        (_session, _form) = (new InferenceSession(file.ToArray(), options), form);
    }

    /// <summary>Logits, a row a text, of a batch that is padded on the right.</summary>
    public float[][] Logits(int[][] ids, int[][] mask, int[][] types)
    {
        var inputs = _form is GraphForm.NoPadding or GraphForm.NoPaddingFused ? NoPadding(ids, mask, types) : Padded(ids, mask, types);
        using var options = new RunOptions();
        using var outputs = _session.Run(options, [.. inputs.Keys], [.. inputs.Values], ["logits"]);
        var logits = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        foreach (var input in inputs.Values)
        {
            input.Dispose();
        }

        return [.. logits.Chunk(logits.Length / ids.Length)];
    }

    public void Dispose() => _session.Dispose();

    private static Dictionary<string, OrtValue> Padded(int[][] ids, int[][] mask, int[][] types)
    {
        long[] shape = [ids.Length, ids[0].Length];
        OrtValue Value(int[][] rows) =>
            OrtValue.CreateTensorValueFromMemory(rows.SelectMany(row => row).Select(x => (long)x).ToArray(), shape);
        return new() { ["input_ids"] = Value(ids), ["attention_mask"] = Value(mask), ["token_type_ids"] = Value(types) };
    }

    private static Dictionary<string, OrtValue> NoPadding(int[][] ids, int[][] mask, int[][] types)
    {
        int[] lengths = [.. mask.Select(row => row.Sum())];
        var (texts, longest, tokens) = (ids.Length, lengths.Max(), lengths.Sum());
        int[] starts = [.. lengths.Select((_, text) => lengths.Take(text).Sum())];
        int[] Joined(int[][] rows) => [.. rows.SelectMany((row, text) => row.Take(lengths[text]))];
        int[] EachToken(Func<int, int, int> value) =>
            [.. lengths.SelectMany((length, text) => Enumerable.Range(0, length).Select(place => value(text, place)))];
        int[] padded =
        [
            .. lengths.SelectMany((length, text) =>
                Enumerable.Range(0, longest).Select(place => place < length ? starts[text] + place : 0)),
        ];
        return new()
        {
            ["input_ids"] = Value(Joined(ids), 1, tokens),
            ["token_type_ids"] = Value(Joined(types), 1, tokens),
            ["position_ids"] = Value(EachToken((_, place) => place), 1, tokens),
            ["padded_rows"] = Value(padded, texts, longest),
            ["lengths"] = Value(lengths, texts),
            ["token_slots"] = Value(EachToken((text, place) => (text * longest) + place), tokens),
            ["start_rows"] = Value(starts, texts),
        };

        static OrtValue Value(int[] values, params long[] shape) => OrtValue.CreateTensorValueFromMemory(values, shape);
    }
}
