namespace KbAlbertStream.Core.Spikes;

/// <summary>Days as Korea has them (UTC+9 all year, no daylight saving since 1988): the unit in which levels learn.</summary>
public static class KoreanDay
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    /// <summary>The day in which a moment lies.</summary>
    public static DateOnly Of(DateTimeOffset moment) => DateOnly.FromDateTime(moment.ToOffset(Offset).DateTime);

    /// <summary>Its first moment, in UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day) =>
        new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Offset).ToUniversalTime();
}
