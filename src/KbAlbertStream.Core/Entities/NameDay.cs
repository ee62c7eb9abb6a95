using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Core.Entities;

/// <summary>The day on which a name is read, to be held against the dates of the dictionary.</summary>
internal static class NameDay
{
    /// <summary>The Korean day of an instant; the last day there is without one, so that today's names are meant.</summary>
    public static DateOnly Of(DateTimeOffset? at) => at is { } instant ? KoreanDay.Of(instant) : DateOnly.MaxValue;
}
