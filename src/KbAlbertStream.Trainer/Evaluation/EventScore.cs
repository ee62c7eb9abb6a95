namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>
/// Whether a text reports an event at all, whichever: flagged when any reputation label reaches the cut. This is what
/// a risk desk sees of a model: how many of its flags are right.
/// </summary>
internal static class EventScore
{
    /// <summary>Counts the decisions.</summary>
    public static LabelScore At(IReadOnlyList<float[]> probabilities, IReadOnlyList<float[]> targets, double cut)
    {
        var score = default(LabelScore);
        for (var i = 0; i < targets.Count; i++)
        {
            var flagged = probabilities[i].Max() >= cut;
            var carried = targets[i].Max() >= 0.5f;
            score += new LabelScore(flagged && carried ? 1 : 0, flagged && !carried ? 1 : 0, !flagged && carried ? 1 : 0);
        }

        return score;
    }
}
