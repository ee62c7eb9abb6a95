using KbAlbertStream.Demo.Samples;

namespace KbAlbertStream.IntegrationTests.Demo;

public sealed class DemoTests(SamplesReplay samples) : IClassFixture<SamplesReplay>
{
    private const int BadRecords = 9;

    [Fact]
    public void Every_record_of_the_samples_becomes_a_row_or_a_dead_letter()
    {
        var summary = samples.Outcome.Summary;

        Assert.Equal(File.ReadLines(SampleFolder.Shipped.Stream).Count(), summary.Published);
        Assert.Equal(0, summary.Lost);
        Assert.Equal(BadRecords, summary.DeadLetters);
        Assert.Equal(summary.Published - BadRecords, summary.Rows);
        Assert.True(summary.Rows >= 300);
    }

    [Fact]
    public void The_samples_raise_exactly_one_alert_for_the_planted_institution()
    {
        var alert = Assert.Single(samples.Outcome.Summary.Alerts);

        Assert.Equal((new SampleOptions().Institution, "news"), (alert.Entity, alert.Kind));
        Assert.Equal(new SampleOptions().SpikeDate, DateOnly.FromDateTime(alert.OpenedAt.ToOffset(TimeSpan.FromHours(9)).Date));
        Assert.True(alert.Seen >= 3 && alert.Seen > 5 * alert.Expected && alert.P < 1e-3, alert.ToString());
    }

    [Fact]
    public async Task A_stream_without_a_spike_raises_no_alert()
    {
        var outcome = await DemoOutcome.OfAsync(new SampleOptions { SpikeSize = 0, Seed = 11 });

        Assert.Empty(outcome.Summary.Alerts);
        Assert.Equal(0, outcome.Summary.Lost);
    }

    [Theory]
    [InlineData("haeoreum_life", "embezzlement_breach", 3, 9, 12)]
    [InlineData("daon_card", "data_breach", 2, 13, 25)]
    public async Task A_spike_of_another_institution_week_and_size_is_found(
        string institution, string category, int weeks, int day, int size)
    {
        var outcome = await DemoOutcome.OfAsync(new SampleOptions
        {
            Institution = institution,
            Category = category,
            Weeks = weeks,
            SpikeDay = day,
            SpikeSize = size,
            Seed = size,
        });

        Assert.Equal(institution, Assert.Single(outcome.Summary.Alerts).Entity);
    }

    [Fact]
    public void Promise_3_no_planted_number_is_in_the_database_the_log_or_the_metrics()
    {
        Assert.True(samples.Outcome.Summary.MaskedValues >= 100);
        Assert.Contains("[PHONE]", samples.Outcome.Database, StringComparison.Ordinal);
        Assert.Empty(PlantedNumbers.In(samples.Outcome.Database));
        Assert.NotEmpty(samples.Outcome.Log);
        Assert.Empty(PlantedNumbers.In(samples.Outcome.Log));
        Assert.Contains("kbas", samples.Outcome.Metrics, StringComparison.Ordinal);
        Assert.Empty(PlantedNumbers.In(samples.Outcome.Metrics));
    }

    [Theory]
    [InlineData("phone")]
    [InlineData("rrn")]
    public async Task Switching_off_one_recogniser_lets_the_search_find_numbers(string recogniser)
    {
        var outcome = await DemoOutcome.OfAsync(SampleFolder.Shipped.Stream, $"Text:DisabledRecognisers={recogniser}");

        Assert.NotEmpty(PlantedNumbers.In(outcome.Database));
    }
}
