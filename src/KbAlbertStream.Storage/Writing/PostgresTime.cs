namespace KbAlbertStream.Storage.Writing;

/// <summary>Times as PostgreSQL keeps them.</summary>
internal static class PostgresTime
{
    /// <summary>
    /// The time in UTC, cut to whole microseconds: what was written compares equal to what is read back.
    /// </summary>
    public static DateTimeOffset ToUtc(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>Start of the 5 minutes that a time lies in.</summary>
    public static DateTimeOffset ToBucket(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % (5 * TimeSpan.TicksPerMinute)), TimeSpan.Zero);
}
