namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>The checker finds nothing where nothing is wrong, and every kind of damage that is done to a database.</summary>
[Collection(FaultsAlone.Name)]
public sealed class CheckerTests(CheckedWorld world) : IClassFixture<CheckedWorld>
{
    private const string OneRow = "external_id = (SELECT min(external_id) FROM scored_events WHERE institution_ids <> '{}')";

    [Fact]
    public async Task It_finds_nothing_where_nothing_is_wrong()
    {
        var verdict = await CheckAsync("SELECT 1");

        Assert.Empty(verdict.Findings);
        Assert.NotEmpty(verdict.Stored);
        Assert.Contains(verdict.Ledger, entry => !entry.IsGood);
        Assert.NotEqual(0, verdict.AlertsOpened);
        Assert.Equal(verdict.AlertsOpened, verdict.AlertsDelivered);
    }

    [Theory]
    [InlineData("DELETE FROM scored_events WHERE " + OneRow, nameof(Broken.Lost))]
    [InlineData("DELETE FROM dead_letters WHERE \"offset\" = (SELECT min(\"offset\") FROM dead_letters)", nameof(Broken.Lost))]
    [InlineData(
        """
        INSERT INTO dead_letters (kind, recorded_at, topic, "partition", "offset", reason)
        SELECT kind, recorded_at, topic, "partition", "offset", 'again' FROM scored_events LIMIT 1
        """,
        nameof(Broken.Doubled))]
    [InlineData(
        """
        CREATE TEMP TABLE again AS SELECT * FROM scored_events LIMIT 1;
        UPDATE again SET "offset" = 1000000;
        INSERT INTO scored_events SELECT * FROM again
        """,
        nameof(Broken.Doubled))]
    [InlineData("UPDATE scored_events SET \"offset\" = 1000000 WHERE " + OneRow, nameof(Broken.Invented))]
    [InlineData("UPDATE scored_events SET external_id = 'other' WHERE " + OneRow, nameof(Broken.Invented))]
    [InlineData(
        "UPDATE reputation_rollup SET texts = texts + 1 WHERE bucket = (SELECT min(bucket) FROM reputation_rollup)",
        nameof(Broken.Rollups))]
    [InlineData("DELETE FROM reputation_rollup WHERE bucket = (SELECT min(bucket) FROM reputation_rollup)", nameof(Broken.Rollups))]
    [InlineData(
        "UPDATE negative_mentions SET counted = NOT counted WHERE \"offset\" = (SELECT min(\"offset\") FROM negative_mentions)",
        nameof(Broken.Rollups))]
    [InlineData("DELETE FROM alerts WHERE alert_id = (SELECT min(alert_id) FROM alerts)", nameof(Broken.Deliveries))]
    [InlineData("UPDATE alert_deliveries SET state = 'pending', delivered_at = NULL", nameof(Broken.Deliveries))]
    [InlineData("UPDATE alerts SET alert_key = alert_key || '!'", nameof(Broken.Deliveries))]
    [InlineData("UPDATE alerts SET seen = seen + 1", nameof(Broken.Reference))]
    [InlineData("UPDATE scored_events SET sentiment = 'positive' WHERE " + OneRow, nameof(Broken.Reference))]
    [InlineData("UPDATE scored_events SET negative_reputation = 0.55 WHERE " + OneRow, nameof(Broken.Reference))]
    [InlineData("UPDATE partition_progress SET next_offset = next_offset - 1", nameof(Broken.Positions))]
    [InlineData("UPDATE partition_progress SET next_offset = next_offset + 1", nameof(Broken.Positions))]
    public async Task It_finds_damage(string damage, string found)
    {
        var verdict = await CheckAsync(damage);

        Assert.Contains(verdict.Findings, finding => finding.What == Enum.Parse<Broken>(found));
    }

    private async Task<Verdict> CheckAsync(string damage)
    {
        var copy = await world.World.Database.CopyAsync();
        await copy.ExecuteAsync(damage);
        return await new Checker(world.World, world.Log, world.Reference, _ => false).CheckAsync(copy);
    }
}
