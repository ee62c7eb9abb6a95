namespace KbAlbertStream.Demo.Samples;

/// <summary>What a generated stream shall hold. The defaults make <c>samples/stream.jsonl</c>.</summary>
internal sealed record SampleOptions
{
    /// <summary>The same seed and options make the same bytes.</summary>
    public int Seed { get; init; } = 20260228;

    /// <summary>The first day (KST).</summary>
    public DateOnly From { get; init; } = new(2026, 2, 28);

    /// <summary>How many weeks of event time, 1 to 52.</summary>
    public int Weeks { get; init; } = 5;

    /// <summary>The institution that the spike is about; an id of the dictionary.</summary>
    public string Institution { get; init; } = "ara_bank";

    /// <summary>How many distinct negative stories the spike has; 0 for a stream without one.</summary>
    public int SpikeSize { get; init; } = 16;

    /// <summary>The kind of event: <c>embezzlement_breach</c> or <c>data_breach</c>.</summary>
    public string Category { get; init; } = "embezzlement_breach";

    /// <summary>The day of the spike, counted from 0; negative counts from the end, so -1 is the last day.</summary>
    public int SpikeDay { get; init; } = -1;

    /// <summary>The institution that complaints mean which name none.</summary>
    public string DefaultInstitution { get; init; } = "dodam_bank";

    internal int Days => Weeks * 7;

    internal DateOnly SpikeDate => From.AddDays(SpikeDay < 0 ? Days + SpikeDay : SpikeDay);
}
