using KbAlbertStream.Core.Text;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Trainer.Modelling;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Promotion;

/// <summary>Whether the exported graph computes what torch computes with the same weights.</summary>
internal static class GraphComparison
{
    /// <summary>
    /// The largest difference of any logit over texts that fit one window; longer ones are left out, because torch
    /// reads one window and the scorer as many as it takes.
    /// </summary>
    /// <param name="scorer">Has the graph.</param>
    /// <param name="forward">Torch's logits of every head, (1, labels) each.</param>
    /// <param name="texts">What to compare on.</param>
    public static double LargestDifference(
        TextScorer scorer, Func<TokenBatch, Tensor[]> forward, IEnumerable<PreparedText> texts)
    {
        using var noGrad = no_grad();
        var largest = 0.0;
        foreach (var text in texts)
        {
            var ids = IdsOf(scorer.Tokenizer, text);
            if (ids.Length > scorer.Manifest.MaxLength)
            {
                continue;
            }

            using var scope = NewDisposeScope();
            var expected = forward(TokenBatch.Of([ids]));
            var actual = scorer.Logits([text])[0];
            for (var head = 0; head < expected.Length; head++)
            {
                var values = expected[head].data<float>().ToArray();
                for (var label = 0; label < values.Length; label++)
                {
                    // A logit that is no number differs from everything.
                    var difference = Math.Abs(values[label] - actual[head][label]);
                    largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
                }
            }
        }

        return largest;
    }

    private static int[] IdsOf(ITokenizer tokenizer, PreparedText text)
    {
        var tokens = new TokenBuffer();
        tokenizer.Encode(text.ModelInput, tokens);
        return [tokenizer.Vocabulary.StartId, .. tokens.Ids, tokenizer.Vocabulary.SeparatorId];
    }
}
