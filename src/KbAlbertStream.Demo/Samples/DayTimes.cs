namespace KbAlbertStream.Demo.Samples;

/// <summary>Draws the times of everyday messages: more on weekdays, by day rather than by night (KST).</summary>
internal sealed class DayTimes(Random random)
{
    private static readonly TimeSpan Korea = TimeSpan.FromHours(9);

    /// <summary>About <paramref name="weekday"/> times on a weekday, <paramref name="weekend"/> at a weekend, in order.</summary>
    public List<DateTimeOffset> Draw(DateOnly day, int weekday, int weekend)
    {
        var mean = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? weekend : weekday;
        var count = mean + random.Next(-2, 3);
        return [.. Enumerable.Range(0, count).Select(_ => At(day, 7 + ((random.NextDouble() + random.NextDouble()) * 7.5))).Order()];
    }

    /// <summary>An instant of a day, in whole seconds.</summary>
    public static DateTimeOffset At(DateOnly day, double hour) =>
        new DateTimeOffset(day, TimeOnly.MinValue, Korea).AddSeconds(Math.Floor(hour * 3600));
}
