namespace KbAlbertStream.Inference.Graphs;

/// <summary>A head of the graph. Its output, of shape (texts, labels), bears its name.</summary>
/// <remarks>
/// Weights: <c>heads.NAME.weight</c> (labels, hidden) and <c>heads.NAME.bias</c> (labels); label attention has
/// <c>heads.NAME.query</c> (labels, hidden) too, and pooled heads share <c>albert.pooler.weight</c> and <c>.bias</c>.
/// </remarks>
/// <param name="Name">Its name.</param>
/// <param name="Kind">How it reads the hidden states.</param>
/// <param name="Labels">How many logits it gives.</param>
public sealed record GraphHead(string Name, HeadKind Kind, int Labels)
{
    /// <summary>
    /// The second output of label attention, (texts, longest, labels): what each token adds to each label. With the bias
    /// they sum up to the logit; slots without a token add 0. Graphs written before have none.
    /// </summary>
    public string Contributions => $"{Name}.contributions";
}
