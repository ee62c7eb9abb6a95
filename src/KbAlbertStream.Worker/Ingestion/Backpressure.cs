namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Decides how to hold the consumer back while the pipeline is busy. Pausing throws the prefetched records away, and not
/// polling costs the membership of the group in the end: so it waits unpolled for a bounded time, then pauses and polls.
/// </summary>
internal sealed class Backpressure(TimeSpan maxUnpolled, TimeProvider time)
{
    private long? _blockedSince;

    /// <summary>What to do next.</summary>
    /// <param name="blocked">True when the open batch is full and the pipeline has not taken the one before.</param>
    public PollMode Decide(bool blocked)
    {
        if (!blocked)
        {
            _blockedSince = null;
            return PollMode.Poll;
        }

        _blockedSince ??= time.GetTimestamp();
        return time.GetElapsedTime(_blockedSince.Value) < maxUnpolled ? PollMode.Wait : PollMode.PollPaused;
    }
}
