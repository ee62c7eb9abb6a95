using System.Diagnostics;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Tells how long each step of a write took, one after the other.</summary>
internal struct StageWatch(Action<string, TimeSpan>? tell)
{
    private long _since = Stopwatch.GetTimestamp();

    /// <summary>A step is done; the next begins.</summary>
    public void Lap(string stage)
    {
        tell?.Invoke(stage, Stopwatch.GetElapsedTime(_since));
        _since = Stopwatch.GetTimestamp();
    }
}
