namespace KbAlbertStream.Trainer.Data;

/// <summary>
/// Joins two texts to one that carries what both carry: a model that has seen only one event a text finds only one.
/// </summary>
internal static class TextJoin
{
    /// <summary>
    /// Both texts in a row, labels united. The tone is known only where both have the same one: half angry and half
    /// pleased is no tone that a label stands for.
    /// </summary>
    public static LabelledText Apply(LabelledText first, LabelledText second) => first with
    {
        Text = string.Join(' ', ((string[])[first.Text, second.Title, second.Text]).Where(part => part.Length > 0)),
        Targets =
        [
            SameOrNull(first.Targets[LabelSet.Sentiment], second.Targets[LabelSet.Sentiment]),
            United(first.Targets[LabelSet.Reputation], second.Targets[LabelSet.Reputation]),
            United(first.Targets[LabelSet.Compliance], second.Targets[LabelSet.Compliance]),
        ],
    };

    private static float[]? SameOrNull(float[]? first, float[]? second) =>
        first is not null && second is not null && first.AsSpan().SequenceEqual(second) ? first : null;

    private static float[]? United(float[]? first, float[]? second) =>
        first is null || second is null ? null : [.. first.Zip(second, Math.Max)];
}
