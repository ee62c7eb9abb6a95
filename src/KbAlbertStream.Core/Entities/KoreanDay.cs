namespace KbAlbertStream.Core.Entities;

/// <summary>The calendar day in Korea, which dates in the dictionary mean.</summary>
internal static class KoreanDay
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(9);

    /// <summary>The day of an instant; the last day there is without one, so that today's names are meant.</summary>
    public static DateOnly Of(DateTimeOffset? at) =>
        at is { } instant ? DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime) : DateOnly.MaxValue;
}
