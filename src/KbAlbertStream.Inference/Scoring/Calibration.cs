using System.Collections.Immutable;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Inference.Bundles;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>From logits to calibrated probabilities and decisions.</summary>
public static class Calibration
{
    /// <summary>Single-label: softmax(logits / T). Multi-label: sigmoid(logit / T) each.</summary>
    public static ImmutableArray<float> Probabilities(BundleHead head, ReadOnlySpan<float> logits)
    {
        var p = ImmutableArray.CreateBuilder<float>(logits.Length);
        if (!head.SingleLabel)
        {
            foreach (var logit in logits)
            {
                p.Add((float)(1 / (1 + Math.Exp(-logit / head.Temperature))));
            }

            return p.MoveToImmutable();
        }

        var largest = float.NegativeInfinity;
        foreach (var logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp((logit - largest) / head.Temperature);
        }

        foreach (var logit in logits)
        {
            p.Add((float)(Math.Exp((logit - largest) / head.Temperature) / sum));
        }

        return p.MoveToImmutable();
    }

    /// <summary>The logit from which on a label of a multi-label head is chosen; none for a single-label head.</summary>
    internal static float[] Cuts(BundleHead head) => head.SingleLabel
        ? []
        : [.. head.Thresholds.Select(t => (float)(head.Temperature * Math.Log(t / (1.0 - t))))];

    /// <summary>The probabilities with the labels that they choose (see <see cref="HeadScores.Chosen"/>).</summary>
    public static HeadScores Scores(BundleHead head, ReadOnlySpan<float> logits)
    {
        var p = Probabilities(head, logits);
        ImmutableArray<string> chosen = head.SingleLabel
            ? [head.Labels[p.IndexOf(p.Max())]]
            : [.. head.Labels.Where((_, label) => p[label] >= head.Thresholds[label])];
        return new HeadScores(head.Name, head.Labels, p, chosen);
    }
}
