namespace KbAlbertStream.Trainer.Data;

/// <summary>A text with what is known about it: a head without targets learns nothing from it.</summary>
/// <param name="Title">The title; empty when there is none.</param>
/// <param name="Text">The text; may be empty.</param>
/// <param name="Entity">The institution it is about, as written in it; empty when unknown.</param>
/// <param name="Targets">
/// By head: null when unknown, else one value a label, 0 to 1 (single-label heads: exactly one 1).
/// </param>
internal sealed record LabelledText(string Title, string Text, string Entity, float[]?[] Targets)
{
    /// <summary>A risk text: all heads are known.</summary>
    public static LabelledText Of(RiskText risk, LabelSet labels) => new(risk.Title, risk.Text, risk.Entity,
    [
        OneHot(labels.Heads[LabelSet.Sentiment].Labels, [risk.Sentiment]),
        OneHot(labels.Heads[LabelSet.Reputation].Labels, risk.Reputation),
        OneHot(labels.Heads[LabelSet.Compliance].Labels, risk.Compliance),
    ]);

    /// <summary>A review: only the tone is known.</summary>
    public static LabelledText Of(Review review) => new("", review.Text, "",
        [[.. Enumerable.Range(0, 3).Select(label => label == review.Sentiment ? 1f : 0f)], null, null]);

    /// <summary>A headline that reports nothing about an institution; its tone is unknown.</summary>
    public static LabelledText Empty(Headline headline, LabelSet labels) => new(headline.Title, "", "",
    [
        null,
        new float[labels.Heads[LabelSet.Reputation].Labels.Length],
        new float[labels.Heads[LabelSet.Compliance].Labels.Length],
    ]);

    private static float[] OneHot(IReadOnlyList<string> labels, IReadOnlyList<string> chosen)
    {
        var targets = new float[labels.Count];
        foreach (var label in chosen)
        {
            var index = labels.ToList().IndexOf(label);
            targets[index >= 0 ? index : throw new InvalidDataException($"unknown label {label}")] = 1;
        }

        return targets;
    }
}
