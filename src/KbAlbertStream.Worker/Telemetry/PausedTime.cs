namespace KbAlbertStream.Worker.Telemetry;

/// <summary>Whether reading is paused, and for how long it was in all. Thread-safe.</summary>
internal sealed class PausedTime(TimeProvider time)
{
    private readonly Lock _lock = new();
    private TimeSpan _before;
    private long? _since;

    /// <summary>Whether it is paused now.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_lock)
            {
                return _since is not null;
            }
        }
    }

    /// <summary>All pauses, the one that lasts included.</summary>
    public TimeSpan Total
    {
        get
        {
            lock (_lock)
            {
                return _before + (_since is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);
            }
        }
    }

    /// <summary>A pause begins or ends; saying so twice changes nothing.</summary>
    public void Set(bool isPaused)
    {
        lock (_lock)
        {
            if (isPaused)
            {
                _since ??= time.GetTimestamp();
            }
            else if (_since is { } since)
            {
                _before += time.GetElapsedTime(since);
                _since = null;
            }
        }
    }
}
