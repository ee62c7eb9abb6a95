namespace KbAlbertStream.Worker.Telemetry;

/// <summary>
/// When the service last got on: wrote a batch, found nothing to do, or knew what it waits for. A stuck thread makes it
/// grow old. Thread-safe.
/// </summary>
internal sealed class Progress(TimeProvider time)
{
    private long _lastAt = time.GetTimestamp();
    private volatile string? _waitingFor = "start";
    private volatile IReadOnlyList<string> _refused = [];
    private volatile IReadOnlyList<string> _denied = [];

    /// <summary>How long ago that was.</summary>
    public TimeSpan Age => time.GetElapsedTime(Volatile.Read(ref _lastAt));

    /// <summary>What the service waits for; null when it is ready.</summary>
    public string? WaitingFor => _waitingFor;

    /// <summary>The partitions that are not read until an operator has decided, each with the reason.</summary>
    public IReadOnlyList<string> Refused
    {
        get => _refused;
        set => _refused = value;
    }

    /// <summary>The rights that the brokers deny, each by name; what needs none of them goes on.</summary>
    public IReadOnlyList<string> Denied
    {
        get => _denied;
        set => _denied = value;
    }

    /// <summary>It got on.</summary>
    public void Beat() => Volatile.Write(ref _lastAt, time.GetTimestamp());

    /// <summary>It waits for a server and knows it.</summary>
    public void WaitFor(string what)
    {
        _waitingFor = what;
        Beat();
    }

    /// <summary>It has all it needs.</summary>
    public void Ready()
    {
        _waitingFor = null;
        Beat();
    }
}
