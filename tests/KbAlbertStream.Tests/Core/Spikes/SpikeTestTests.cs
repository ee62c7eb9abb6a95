using CsCheck;
using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Tests.Core.Spikes;

public sealed class SpikeTestTests
{
    private static readonly SpikeRules Rules = SpikeRules.Default;

    /// <summary>Half a text a day, learned over a long time: B large, dispersion 1.5.</summary>
    private static readonly Level HalfADay = new(50, 2400, 75, 50);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(2, 2, 3)]
    [InlineData(0, 2, 4)]
    public void An_ordinary_day_of_a_sparse_institution_does_not_fire(int hour, int sixHours, int day)
    {
        Assert.Null(Evaluate(HalfADay, hour, sixHours, day).Deciding);
    }

    [Theory]
    [InlineData(3, 3, 3, 1)]
    [InlineData(1, 5, 5, 6)]
    [InlineData(1, 2, 12, 24)]
    public void The_firing_window_with_the_smallest_probability_decides(int hour, int sixHours, int day, int deciding)
    {
        Assert.Equal(deciding, Evaluate(HalfADay, hour, sixHours, day).Deciding?.Hours);
    }

    [Fact]
    public void A_reading_says_what_was_expected()
    {
        var level = new Level(0, 0, 0, 0);
        var day = Evaluate(level, 0, 0, 5).Longest;

        Assert.Equal(0.5, day.Expected, 12);
        Assert.Equal(1.5, day.Dispersion, 12);
        Assert.Equal(NegativeBinomial.UpperTail(5, 0.5, 1.5), day.P);
        var hour = Evaluate(level, 1, 1, 5).Windows[0];
        Assert.Equal(0.5 / 24, hour.Expected, 12);
        Assert.Equal(1 + (0.5 * Math.Sqrt(1 / 24d)), hour.Dispersion, 12);
    }

    [Fact]
    public void A_busy_institution_needs_half_as_much_again()
    {
        // 100 a day, hardly dispersed: 149 is improbable and still not one and a half times the usual.
        var busy = new Level(1e6, 240_000, 1e6, 1e6);
        Assert.True(Evaluate(busy, 0, 0, 149).Longest.P < 1e-5);
        Assert.Null(Evaluate(busy, 0, 0, 149).Deciding);
        Assert.NotNull(Evaluate(busy, 0, 0, 150).Deciding);
    }

    [Fact]
    public void One_publisher_alone_makes_no_spike()
    {
        Assert.Null(Evaluate(HalfADay, 8, 8, 8, publishers: 1).Deciding);
        Assert.NotNull(Evaluate(HalfADay, 8, 8, 8, publishers: 2).Deciding);
    }

    [Fact]
    public void A_new_institution_needs_ten_times_the_evidence()
    {
        // P = 2.4e-4 with the first guess: enough for a known institution only.
        var counts = (Hour: 0, SixHours: 0, Day: 8);
        Assert.InRange(NegativeBinomial.UpperTail(8, 0.5, 1.5), 1e-4, 1e-3);
        Assert.NotNull(Evaluate(default, counts.Hour, counts.SixHours, counts.Day).Deciding);
        var cold = Evaluate(default, counts.Hour, counts.SixHours, counts.Day, coldStart: true);
        Assert.Null(cold.Deciding);
        Assert.True(cold.ColdStart);
    }

    [Fact]
    public void Far_beyond_the_usual_is_critical_and_so_is_a_severe_category()
    {
        Assert.Equal(Severity.Warning, Evaluate(HalfADay, 3, 3, 3).Severity);
        Assert.Equal(Severity.Critical, Evaluate(HalfADay, 3, 3, 3, severe: true).Severity);
        Assert.Equal(Severity.Critical, Evaluate(HalfADay, 6, 6, 6).Severity);
    }

    [Fact]
    public void More_texts_never_silence_a_window()
    {
        Gen.Select(Gen.Double[0, 500], Gen.Double[0, 2000], Gen.Int[0, 60], Gen.Int[0, 60]).Sample((a, b, n, more) =>
        {
            var level = new Level(a, b, 0, 0);
            var fewer = Evaluate(level, 0, 0, n).Longest;
            var many = Evaluate(level, 0, 0, n + more).Longest;
            return many.P <= fewer.P * (1 + 1e-9) && (many.Fires || !fewer.Fires);
        });
    }

    private static SpikeVerdict Evaluate(
        Level level, int hour, int sixHours, int day, int publishers = 9, bool severe = false, bool coldStart = false) =>
        SpikeTest.Evaluate(
            Rules,
            level,
            [new(hour, publishers, severe), new(sixHours, publishers, severe), new(day, publishers, severe)],
            Rules.MinPublishers,
            coldStart);
}
