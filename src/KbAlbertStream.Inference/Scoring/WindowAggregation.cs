using KbAlbertStream.Inference.Bundles;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>Makes one text's logits from those of its windows.</summary>
internal static class WindowAggregation
{
    /// <summary>Aggregates the windows of a text.</summary>
    /// <param name="texts">The texts that were run.</param>
    /// <param name="text">Which of them.</param>
    /// <param name="encoder">Holds the windows' logits.</param>
    /// <param name="heads">The heads of the manifest.</param>
    /// <exception cref="InvalidOperationException">A logit is not a finite number: the model or the machine is broken.</exception>
    public static TextLogits Of(
        WindowedTexts texts, int text, WindowEncoder encoder, IReadOnlyList<BundleHead> heads)
    {
        var (first, count) = texts.WindowsOf(text).GetOffsetAndLength(texts.Windows.Count);
        var logits = new float[heads.Count][];
        var best = new int[heads.Count][];
        for (var head = 0; head < heads.Count; head++)
        {
            var labels = heads[head].Labels.Length;
            logits[head] = new float[labels];
            best[head] = new int[labels];
            Guard(encoder, head, first, count, heads[head].Name, text);
            if (heads[head].SingleLabel)
            {
                Average(texts, encoder, head, first, count, logits[head]);
            }
            else
            {
                Largest(encoder, head, first, count, logits[head], best[head]);
            }
        }

        var windows = new Range[count];
        for (var i = 0; i < count; i++)
        {
            windows[i] = texts.CharactersOf(texts.Windows[first + i]);
        }

        return new TextLogits(logits, best, windows, Contributions(texts, encoder, first, best));
    }

    private static Dictionary<(int Head, int Label), TokenContributions> Contributions(
        WindowedTexts texts, WindowEncoder encoder, int first, int[][] best)
    {
        var contributions = new Dictionary<(int, int), TokenContributions>();
        for (var head = 0; head < best.Length; head++)
        {
            for (var label = 0; label < best[head].Length; label++)
            {
                var window = first + best[head][label];
                if (encoder.ContributionsOf(head, window, label) is { } values)
                {
                    contributions[(head, label)] =
                        new TokenContributions(values, texts.StartsOf(texts.Windows[window]).ToArray());
                }
            }
        }

        return contributions;
    }

    private static void Average(
        WindowedTexts texts, WindowEncoder encoder, int head, int first, int count, float[] mean)
    {
        long tokens = 0;
        for (var window = first; window < first + count; window++)
        {
            tokens += texts.Windows[window].Length;
        }

        for (var window = first; window < first + count; window++)
        {
            var share = texts.Windows[window].Length / (float)tokens;
            var logits = encoder.LogitsOf(head, window);
            for (var label = 0; label < mean.Length; label++)
            {
                mean[label] += share * logits[label];
            }
        }
    }

    private static void Largest(WindowEncoder encoder, int head, int first, int count, float[] largest, int[] best)
    {
        encoder.LogitsOf(head, first).CopyTo(largest);
        for (var window = 1; window < count; window++)
        {
            var logits = encoder.LogitsOf(head, first + window);
            for (var label = 0; label < largest.Length; label++)
            {
                if (logits[label] > largest[label])
                {
                    (largest[label], best[label]) = (logits[label], window);
                }
            }
        }
    }

    private static void Guard(WindowEncoder encoder, int head, int first, int count, string name, int text)
    {
        for (var window = first; window < first + count; window++)
        {
            foreach (var logit in encoder.LogitsOf(head, window))
            {
                if (!float.IsFinite(logit))
                {
                    throw new InvalidOperationException($"Head {name} gave {logit} for text {text} of the batch.");
                }
            }
        }
    }
}
