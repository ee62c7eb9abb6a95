using KbAlbertStream.Storage.Retention;

namespace KbAlbertStream.Tests.Storage.Retention;

public sealed class RetentionRuleTests
{
    [Theory]
    [InlineData("2026-11-26T14:00:00Z", 24, "2024-11-01")]
    [InlineData("2026-11-01T00:00:00Z", 24, "2024-11-01")]
    [InlineData("2026-10-31T23:59:59Z", 24, "2024-10-01")]
    [InlineData("2026-01-15T00:00:00Z", 1, "2025-12-01")]
    [InlineData("2026-11-01T05:00:00+09:00", 1, "2026-09-01")]
    public void Months_that_end_before_the_kept_ones_are_too_old(string now, int months, string cutoff) =>
        Assert.Equal(
            DateTimeOffset.Parse($"{cutoff}T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
            RetentionRule.Cutoff(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), months));

    [Fact]
    public void Nobody_can_keep_nothing() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RetentionRule.Cutoff(DateTimeOffset.UnixEpoch, 0));
}
