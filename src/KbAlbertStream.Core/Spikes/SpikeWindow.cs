namespace KbAlbertStream.Core.Spikes;

/// <summary>A sliding window over the event time of counted texts.</summary>
/// <param name="Hours">Its length.</param>
/// <param name="MinCount">Fewer texts than this never fire, however small the expected count.</param>
public readonly record struct SpikeWindow(int Hours, int MinCount)
{
    /// <summary>Its length.</summary>
    public TimeSpan Length => TimeSpan.FromHours(Hours);
}
