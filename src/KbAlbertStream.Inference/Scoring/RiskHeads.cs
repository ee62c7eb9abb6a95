using System.Collections.Immutable;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Inference.Bundles;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>
/// Where the heads that the service knows stand in a manifest, and what their logits mean. Sentiment there must be;
/// without the other two no text has their labels.
/// </summary>
internal sealed class RiskHeads
{
    private readonly ImmutableArray<BundleHead> _heads;
    private readonly int _sentiment;
    private readonly int _reputation;
    private readonly int _compliance;

    /// <summary>Finds the heads.</summary>
    /// <exception cref="BundleException">Sentiment is missing, or one has the wrong form.</exception>
    public RiskHeads(BundleManifest manifest, string folder)
    {
        var errors = new List<string>();
        _heads = manifest.Heads;
        _sentiment = Find("sentiment", single: true, errors);
        _reputation = Find("reputation", single: false, errors);
        _compliance = Find("compliance", single: false, errors);
        if (_sentiment < 0 && errors.Count == 0)
        {
            errors.Add("there is no head sentiment");
        }

        if (_sentiment >= 0 && !_heads[_sentiment].Labels.Contains("negative"))
        {
            errors.Add("head sentiment has no label negative");
        }

        if (errors.Count > 0)
        {
            throw new BundleException(folder, errors);
        }
    }

    /// <summary>The scores of texts with the evidence for their labels.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="logits">What the heads said about them.</param>
    /// <param name="score">Gives the logits of other texts: of sentences, for heads that do not explain themselves.</param>
    public RiskScores[] Score(
        IReadOnlyList<PreparedText> texts, IReadOnlyList<TextLogits> logits, Func<string[], TextLogits[]> score)
    {
        var sentences = new SentenceEvidence();
        var scores = texts.Zip(logits, Score).ToArray();
        var pending = scores.Index()
            .Select(item => Ask(texts[item.Index], item.Item, logits[item.Index], sentences).ToArray()).ToArray();
        var scored = sentences.Sentences.Count == 0 ? [] : score([.. sentences.Sentences]);
        return
        [
            .. scores.Index().Select(item => item.Item with
            {
                Evidence = [.. pending[item.Index].Select(found => found(scored))],
            }),
        ];
    }

    private RiskScores Score(PreparedText text, TextLogits logits)
    {
        var sentiment = Calibration.Scores(_heads[_sentiment], logits[_sentiment]);
        var reputation = Multi("reputation", _reputation, logits);
        var compliance = Multi("compliance", _compliance, logits);
        return new RiskScores(sentiment, reputation, compliance, [], logits.Windows);
    }

    private IEnumerable<Func<TextLogits[], Evidence>> Ask(
        PreparedText text, RiskScores scores, TextLogits logits, SentenceEvidence sentences)
    {
        var input = text.ModelInput;
        foreach (var (head, found) in ((int, HeadScores)[])[(_reputation, scores.Reputation), (_compliance, scores.Compliance)])
        {
            foreach (var name in found.Chosen)
            {
                var label = found.Labels.IndexOf(name);
                if (logits.ContributionsTo(head, label) is { } contributions)
                {
                    var evidence = new Evidence(name, input[EvidenceSpan.Of(input, text.Title.Length, contributions)]);
                    yield return _ => evidence;
                }
                else if (scores.NegativeReputation >= CountingRule.MinNegativeReputation)
                {
                    var question = sentences.Ask(input, text.Title.Length, logits.BestWindow(head, label), head, label);
                    yield return scored => new Evidence(name, input[sentences.Answer(question, input, scored)]);
                }
            }
        }
    }

    private HeadScores Multi(string name, int head, TextLogits logits) =>
        head < 0 ? new HeadScores(name, [], [], []) : Calibration.Scores(_heads[head], logits[head]);

    private int Find(string name, bool single, List<string> errors)
    {
        for (var i = 0; i < _heads.Length; i++)
        {
            if (_heads[i].Name != name)
            {
                continue;
            }

            if (_heads[i].SingleLabel != single)
            {
                errors.Add($"head {name} is no {(single ? "single" : "multi")}-label head");
            }

            return i;
        }

        return -1;
    }
}
