namespace KbAlbertStream.Demo.Running;

/// <summary>Rows a second over the last few looks.</summary>
internal sealed class RowSpeed(TimeProvider time)
{
    private const int Looks = 10;

    private readonly Queue<(long At, int Rows)> _looks = new();

    /// <summary>Notes a count and gives the speed since the oldest one remembered.</summary>
    public double Of(int rows)
    {
        var now = time.GetTimestamp();
        _looks.Enqueue((now, rows));
        if (_looks.Count > Looks)
        {
            _looks.Dequeue();
        }

        var (at, before) = _looks.Peek();
        var seconds = time.GetElapsedTime(at, now).TotalSeconds;
        return seconds > 0 ? (rows - before) / seconds : 0;
    }
}
