namespace KbAlbertStream.Trainer.Data;

/// <summary>How much of what an epoch of fine-tuning holds; the defaults are those of the shipped model.</summary>
internal sealed record FineTuningMix
{
    /// <summary>How often each labelled real headline comes.</summary>
    public int HeadlineRepeats { get; init; } = 3;

    /// <summary>How many headlines that report nothing are drawn.</summary>
    public int OtherHeadlines { get; init; } = 6_000;

    /// <summary>How many film reviews are drawn, so that the tone of everyday words is not forgotten.</summary>
    public int Reviews { get; init; } = 12_000;

    /// <summary>Share of the texts in which the institution is replaced.</summary>
    public double SwapShare { get; init; } = 0.5;

    /// <summary>Share of the texts that another one is joined to.</summary>
    public double JoinShare { get; init; } = 0.3;
}
