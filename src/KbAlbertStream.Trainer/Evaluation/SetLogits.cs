using System.Collections.Immutable;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>The logits of texts as the worker computes them: by head, then by text.</summary>
internal sealed record SetLogits(ImmutableArray<IReadOnlyList<float[]>> Heads)
{
    private const int ChunkSize = 256;

    /// <summary>Scores texts with a bundle.</summary>
    public static SetLogits Of(TextScorer scorer, IReadOnlyList<PreparedText> texts)
    {
        var heads = scorer.Manifest.Heads.Select(_ => new List<float[]>()).ToArray();
        foreach (var chunk in texts.Chunk(ChunkSize))
        {
            foreach (var logits in scorer.Logits(chunk))
            {
                for (var head = 0; head < heads.Length; head++)
                {
                    heads[head].Add(logits[head].ToArray());
                }
            }
        }

        return new SetLogits([.. heads]);
    }
}
