using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Tests.Core.Spikes;

public sealed class LevelTests
{
    private static readonly SpikeRules Rules = SpikeRules.Default;

    [Fact]
    public void A_new_institution_is_taken_to_have_one_text_in_two_days()
    {
        Assert.Equal(0.5, default(Level).RatePerHour(Rules) * 24, 12);
        Assert.Equal(1.5, default(Level).Dispersion(Rules), 12);
    }

    [Fact]
    public void One_day_is_learned_by_the_formulas_of_the_design()
    {
        var level = default(Level).Learn(2, Rules);

        // delta 0 = 0; A = 2, B = 24, M = 0.5: V = 1.5^2, W = 0.5.
        Assert.Equal(new Level(2, 24, 2.25, 0.5), level);
        Assert.Equal((2 + 3.5) / (24 + 168), level.RatePerHour(Rules), 12);
        Assert.Equal((2.25 + 12) / (0.5 + 8), level.Dispersion(Rules), 12);
    }

    [Fact]
    public void What_was_learned_halves_in_28_days()
    {
        var level = new Level(100, 1000, 64, 32);
        for (var day = 0; day < 28; day++)
        {
            level = level.Learn(0, Rules);
        }

        Assert.Equal(50, level.Counts, 9);
    }

    [Theory]
    [InlineData(0, 0.08)]
    [InlineData(3, 2.63)]
    [InlineData(30, 25.6)]
    public void A_steady_institution_is_known_after_half_a_year_but_for_the_weight_of_the_prior(
        int texts, double expected)
    {
        // 40 days of memory against 7 of the prior: (40 x texts + 3.5) / 47.
        Assert.Equal(expected, Steady(texts, 180).RatePerHour(Rules) * 24, 0.05);
    }

    [Fact]
    public void One_wild_day_teaches_no_more_than_a_rare_day_would()
    {
        var before = Steady(2, 60);
        var rare = NegativeBinomial.UpperQuantile(
            Rules.WinsorAlpha, before.RatePerHour(Rules) * 24, before.Dispersion(Rules));

        Assert.Equal(before.Learn(rare, Rules), before.Learn(500, Rules));
        Assert.NotEqual(before.Learn(rare - 1, Rules), before.Learn(500, Rules));
    }

    [Fact]
    public void Days_that_differ_widely_raise_the_dispersion()
    {
        var level = default(Level);
        for (var day = 0; day < 90; day++)
        {
            level = level.Learn(day % 2 == 0 ? 0 : 12, Rules);
        }

        Assert.InRange(level.Dispersion(Rules), 4, 8);
        Assert.InRange(Steady(6, 90).Dispersion(Rules), 1, 1.5);
    }

    private static Level Steady(int texts, int days)
    {
        var level = default(Level);
        for (var day = 0; day < days; day++)
        {
            level = level.Learn(texts, Rules);
        }

        return level;
    }
}
