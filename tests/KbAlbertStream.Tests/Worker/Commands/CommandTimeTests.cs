using System.Globalization;
using KbAlbertStream.Worker.Commands;

namespace KbAlbertStream.Tests.Worker.Commands;

public sealed class CommandTimeTests
{
    [Theory]
    [InlineData("2026-03-02", "2026-03-01T15:00:00Z")]
    [InlineData("2026-03-02T09:00", "2026-03-02T00:00:00Z")]
    [InlineData("2026-03-02T09:00:01.5", "2026-03-02T00:00:01.5Z")]
    [InlineData("2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z")]
    [InlineData("2026-03-02T09:00:00+01:00", "2026-03-02T08:00:00Z")]
    public void A_time_without_an_offset_is_Korean(string text, string utc)
    {
        Assert.True(CommandTime.TryParse(text, out var time));
        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("03/02/2026")]
    [InlineData("2026-02-30")]
    public void What_is_no_time_is_refused(string text) => Assert.False(CommandTime.TryParse(text, out _));
}
