namespace KbAlbertStream.Inference.Scoring;

/// <summary>
/// What the heads say about one text before calibration: of a single-label head the mean of the logits over the text's
/// windows, weighted by their tokens; of a multi-label head each label's largest logit.
/// </summary>
public sealed class TextLogits
{
    private readonly float[][] _logits;
    private readonly int[][] _bestWindows;
    private readonly Range[] _windows;
    private readonly IReadOnlyDictionary<(int Head, int Label), TokenContributions> _contributions;

    internal TextLogits(
        float[][] logits,
        int[][] bestWindows,
        Range[] windows,
        IReadOnlyDictionary<(int Head, int Label), TokenContributions> contributions)
    {
        _contributions = contributions;
        _logits = logits;
        _bestWindows = bestWindows;
        _windows = windows;
    }

    /// <summary>How many windows the text was read in.</summary>
    public int Windows => _windows.Length;

    /// <summary>The logits of a head, by its place in the manifest.</summary>
    public ReadOnlySpan<float> this[int head] => _logits[head];

    /// <summary>The characters of the window in which a label of a multi-label head has its largest logit.</summary>
    internal Range BestWindow(int head, int label) => _windows[_bestWindows[head][label]];

    /// <summary>
    /// What the tokens of that window add to a label that is chosen; null when the head does not tell.
    /// </summary>
    internal TokenContributions? ContributionsTo(int head, int label) => _contributions.GetValueOrDefault((head, label));
}
