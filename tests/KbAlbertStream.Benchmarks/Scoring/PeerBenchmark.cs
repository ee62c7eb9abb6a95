using System.Diagnostics;
using System.Globalization;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using Microsoft.ML.OnnxRuntime;

namespace KbAlbertStream.Benchmarks.Scoring;

/// <summary>
/// ONNX Runtime with padded batches sorted by length, and our graph without padding, on the texts of a
/// <see cref="PeerFolder"/>: tokens a second of wall time, each way at the best setting of a sweep, the best of its rounds.
/// </summary>
internal static class PeerBenchmark
{
    private static readonly int[] BatchSizes = [1, 2, 4, 8, 16];
    private static readonly int[] TokenBudgets = [128, 256, 512, 1024];
    private static readonly string[] PaddedInputs = [GraphInputs.Ids, GraphInputs.AttentionMask];

    /// <summary>Prints a row of a Markdown table for each precision, mix and way: precision, mix, way, setting, tokens/s.</summary>
    public static void Run(EncoderShape shape, int texts, int threads, int rounds, TextWriter output)
    {
        Report("-", "-", "machine: float32 products of 1,024 x 1,024 matrices, GFLOP/s", "-", MatrixProducts(threads));
        foreach (var precision in (GraphPrecision[])[GraphPrecision.Full, GraphPrecision.EightBit])
        {
            var name = precision == GraphPrecision.Full ? "fp32" : "8 bits";
            using var padded = Session(shape, precision, GraphForm.Padded, threads, PeerFolder.Head);
            using var fused = Session(shape, precision, GraphForm.PaddedFused, threads, PeerFolder.Head);
            using var ours = Session(shape, precision, GraphForm.NoPadding, threads, PeerFolder.Head);
            foreach (var mix in PeerFolder.Mixes)
            {
                var ids = PeerFolder.Texts(mix, texts);
                var settings = BatchSizes
                    .SelectMany(size => (PeerSetting[])
                    [
                        new("ONNX Runtime, padded, standard operators", $"{size} a batch", padded, Padded(ids, size)),
                        new("ONNX Runtime, padded, fused operators", $"{size} a batch", fused, Padded(ids, size)),
                    ])
                    .Concat(TokenBudgets.Select(tokens =>
                        new PeerSetting("no padding", $"{tokens} tokens a pass", ours, Packed(ids, tokens))))
                    .ToList();
                TakeTurns(settings, rounds, PeerFolder.Head.Name);
                foreach (var best in settings.GroupBy(setting => setting.Way).Select(way => way.MinBy(setting => setting.Seconds)!))
                {
                    Report(name, mix.Name, best.Way, best.Name, ids.Sum(text => text.Length) / best.Seconds);
                }

                settings.ForEach(setting => setting.Dispose());
            }

            CompareHeads(name, precision);
        }

        // The heads that the service has: in one pass of one encoder, and as three fine-tuned models.
        void CompareHeads(string name, GraphPrecision precision)
        {
            const int tokens = 512;
            var mixed = PeerFolder.Texts(PeerFolder.Mixes.First(mix => mix.Name == "mixed"), texts);
            var heads = BenchmarkShapes.Heads;
            using var together = Session(shape, precision, GraphForm.NoPadding, threads, heads);
            var models = heads.Select(head => Session(shape, precision, GraphForm.NoPadding, threads, head)).ToList();
            var one = new PeerSetting("no padding, three heads in one pass", "", together, Packed(mixed, tokens));
            var three = heads.Zip(models, (head, model) => new PeerSetting(head.Name, "", model, Packed(mixed, tokens))).ToList();
            for (var round = 0; round <= rounds; round++)
            {
                one.Run(isWarmUp: round == 0, [.. heads.Select(head => head.Name)]);
                three.ForEach(model => model.Run(isWarmUp: round == 0, model.Way));
            }

            var total = mixed.Sum(text => text.Length);
            Report(name, "mixed", "no padding, three heads as three models", $"{tokens} tokens a pass", total / three.Sum(model => model.Seconds));
            Report(name, "mixed", one.Way, $"{tokens} tokens a pass", total / one.Seconds);
            one.Dispose();
            three.ForEach(model => model.Dispose());
            models.ForEach(model => model.Dispose());
        }

        void Report(string precision, string mix, string way, string setting, double rate) => output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {precision} | {mix} | {way} | {setting} | {rate:F0} |"));
    }

    // In turns, because a virtual machine's speed changes from minute to minute; round 0 warms up.
    private static void TakeTurns(List<PeerSetting> settings, int rounds, string output)
    {
        for (var round = 0; round <= rounds; round++)
        {
            settings.ForEach(setting => setting.Run(isWarmUp: round == 0, output));
        }
    }

    private static List<Dictionary<string, OrtValue>> Padded(int[][] ids, int size) =>
    [
        .. ids.OrderBy(text => text.Length).Chunk(size).Select(batch =>
        {
            var longest = batch.Max(text => text.Length);
            var (values, mask) = (new long[batch.Length * longest], new long[batch.Length * longest]);
            for (var row = 0; row < batch.Length; row++)
            {
                for (var i = 0; i < batch[row].Length; i++)
                {
                    values[(row * longest) + i] = batch[row][i];
                    mask[(row * longest) + i] = 1;
                }
            }

            long[] shape = [batch.Length, longest];
            return new Dictionary<string, OrtValue>
            {
                [PaddedInputs[0]] = OrtValue.CreateTensorValueFromMemory(values, shape),
                [PaddedInputs[1]] = OrtValue.CreateTensorValueFromMemory(mask, shape),
            };
        }),
    ];

    // [CLS] and [SEP] are among the ids here.
    private static List<Dictionary<string, OrtValue>> Packed(int[][] ids, int tokens)
    {
        var lengths = ids.Select(text => text.Length).ToArray();
        return
        [
            .. TokenPacker.Cut(lengths, PackingBudget.Cpu with { Tokens = tokens }).Select(members =>
            {
                var batch = new PackedBatch();
                batch.Start(PassShape.Exact(members.Length, members.Max(i => lengths[i])), members.Sum(i => lengths[i]));
                foreach (var i in members)
                {
                    batch.Add(ids[i][0], ids[i].AsSpan(1..^1), ids[i][^1]);
                }

                return new Dictionary<string, OrtValue>
                {
                    [GraphInputs.Ids] = Tensor(batch.Ids, 1, batch.Tokens),
                    [GraphInputs.Positions] = Tensor(batch.Positions, 1, batch.Tokens),
                    [GraphInputs.PaddedRows] = Tensor(batch.PaddedRows, batch.Shape.Texts, batch.Shape.Longest),
                    [GraphInputs.Lengths] = Tensor(batch.Lengths, batch.Shape.Texts),
                    [GraphInputs.TokenSlots] = Tensor(batch.TokenSlots, batch.Tokens),
                    [GraphInputs.StartRows] = Tensor(batch.StartRows, batch.Shape.Texts),
                };
            }),
        ];
    }

    private static double MatrixProducts(int threads)
    {
        const int size = 1024;
        using var options = EncoderSession.Configure(new EncoderOptions { Threads = threads, Spinning = true }); // nothing else wants the cores
        using var session = new InferenceSession(MatrixProduct.Graph(size), options);
        using var run = new RunOptions();
        using var a = OrtValue.CreateTensorValueFromMemory(new float[size * size], [size, size]);
        var best = 0.0;
        for (var round = 0; round < 12; round++)
        {
            var since = Stopwatch.GetTimestamp();
            using var product = session.Run(run, new Dictionary<string, OrtValue> { ["a"] = a }, ["c"]);
            best = Math.Max(best, 2.0 * size * size * size / Stopwatch.GetElapsedTime(since).TotalSeconds / 1e9);
        }

        return best;
    }

    private static InferenceSession Session(
        EncoderShape shape, GraphPrecision precision, GraphForm form, int threads, params GraphHead[] heads)
    {
        using var options = EncoderSession.Configure(new EncoderOptions { Threads = threads, Spinning = true }); // nothing else wants the cores
        return new InferenceSession(PeerFolder.Graph(shape, precision, form, heads[0], heads[1..]), options);
    }

    private static OrtValue Tensor(Memory<int> values, params long[] shape) =>
        OrtValue.CreateTensorValueFromMemory(values.ToArray(), shape);
}
