using System.Collections.Immutable;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Inference.Bundles;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>Where the three heads that the service needs stand in a manifest, and what their logits mean.</summary>
internal sealed class RiskHeads
{
    private readonly ImmutableArray<BundleHead> _heads;
    private readonly int _sentiment;
    private readonly int _reputation;
    private readonly int _compliance;

    /// <summary>Finds the heads.</summary>
    /// <exception cref="BundleException">One is missing or of the wrong form.</exception>
    public RiskHeads(BundleManifest manifest, string folder)
    {
        var errors = new List<string>();
        _heads = manifest.Heads;
        _sentiment = Find("sentiment", single: true, errors);
        _reputation = Find("reputation", single: false, errors);
        _compliance = Find("compliance", single: false, errors);
        if (_sentiment >= 0 && !_heads[_sentiment].Labels.Contains("negative"))
        {
            errors.Add("head sentiment has no label negative");
        }

        if (errors.Count > 0)
        {
            throw new BundleException(folder, errors);
        }
    }

    /// <summary>The scores of a text.</summary>
    /// <param name="text">The model's input, from which evidence is cut.</param>
    /// <param name="logits">What the heads said about it.</param>
    public RiskScores Score(string text, TextLogits logits)
    {
        var sentiment = Calibration.Scores(_heads[_sentiment], logits[_sentiment]);
        var reputation = Calibration.Scores(_heads[_reputation], logits[_reputation]);
        var compliance = Calibration.Scores(_heads[_compliance], logits[_compliance]);
        ImmutableArray<Evidence> evidence =
        [
            .. EvidenceOf(_reputation, reputation, text, logits), .. EvidenceOf(_compliance, compliance, text, logits),
        ];
        return new RiskScores(sentiment, reputation, compliance, evidence, logits.Windows);
    }

    private static IEnumerable<Evidence> EvidenceOf(int head, HeadScores scores, string text, TextLogits logits) =>
        scores.Chosen.Select(label =>
            new Evidence(label, text[logits.BestWindow(head, scores.Labels.IndexOf(label))]));

    private int Find(string name, bool single, List<string> errors)
    {
        for (var i = 0; i < _heads.Length; i++)
        {
            if (_heads[i].Name == name && _heads[i].SingleLabel == single)
            {
                return i;
            }
        }

        errors.Add($"there is no {(single ? "single" : "multi")}-label head {name}");
        return -1;
    }
}
