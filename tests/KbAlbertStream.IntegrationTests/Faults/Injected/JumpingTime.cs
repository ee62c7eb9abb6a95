namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>The system's time with a wall clock that somebody sets. Timers and stop watches run on undisturbed.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long _ahead;

    /// <summary>Sets the wall clock forward, or back.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + new TimeSpan(Volatile.Read(ref _ahead));
}
