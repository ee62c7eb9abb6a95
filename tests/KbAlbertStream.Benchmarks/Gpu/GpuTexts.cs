using KbAlbertStream.Benchmarks.Scoring;
using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Benchmarks.Gpu;

/// <summary>Texts of one kind as ids, [CLS] and [SEP] among them, the same in every process.</summary>
internal sealed record GpuTexts(string Name, int[][] Ids)
{
    public long Tokens => Ids.Sum(ids => (long)ids.Length);

    /// <summary>All of 16, 64, 128 and 512 tokens, and lengths as they are mixed.</summary>
    /// <param name="tokens">About how many of each kind.</param>
    public static GpuTexts[] All(int tokens)
    {
        var mixed = LengthMix.All.Single(mix => mix.Name == "mixed");
        return
        [
            .. ((int[])[16, 64, 128, 512]).Select(length =>
                Of(new LengthMix($"{length} tokens", length, 0), Math.Max(1, tokens / length))),
            Of(mixed, Math.Max(1, tokens / 75)),
        ];

        static GpuTexts Of(LengthMix mix, int texts) => new(mix.Name, PeerFolder.Texts(mix, texts));
    }

    /// <summary>The passes that the worker would make of them.</summary>
    public IEnumerable<(int[] Members, PackedBatch Batch)> Passes(PackingBudget budget, Func<int, int, PassShape> shapeOf)
    {
        var lengths = Ids.Select(ids => ids.Length).ToArray();
        return TokenPacker.Cut(lengths, budget).Select(members => (members, Pack([.. members.Select(i => Ids[i])], shapeOf)));
    }

    /// <summary>One pass.</summary>
    public static PackedBatch Pack(int[][] texts, Func<int, int, PassShape> shapeOf)
    {
        var batch = new PackedBatch();
        batch.Start(shapeOf(texts.Length, texts.Max(ids => ids.Length)), texts.Sum(ids => ids.Length));
        foreach (var ids in texts)
        {
            batch.Add(ids[0], ids.AsSpan(1..^1), ids[^1]);
        }

        return batch;
    }
}
