using System.Globalization;

namespace KbAlbertStream.Demo.View;

/// <summary>Instants as people in Korea read them.</summary>
internal static class KoreanTime
{
    /// <summary>Day and minute, KST.</summary>
    public static string Text(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
