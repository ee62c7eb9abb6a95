namespace KbAlbertStream.Inference.Scoring;

/// <summary>What happens to a text that is longer than the model reads at once.</summary>
public enum LongTexts
{
    /// <summary>It is read in overlapping windows: nothing is ever left unread.</summary>
    Windows,

    /// <summary>Its end is cut off, as Transformers does with <c>truncation=True</c>: for comparisons with it.</summary>
    Truncate,
}
