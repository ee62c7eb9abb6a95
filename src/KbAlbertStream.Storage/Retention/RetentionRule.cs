namespace KbAlbertStream.Storage.Retention;

/// <summary>Which months are too old.</summary>
public static class RetentionRule
{
    /// <summary>
    /// Months that end at or before this time are too old: every record is kept for at least so many months, and at most
    /// for one more.
    /// </summary>
    /// <param name="now">The current time.</param>
    /// <param name="months">How many months are kept, from 1 on.</param>
    public static DateTimeOffset Cutoff(DateTimeOffset now, int months)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        return new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(-months);
    }
}
