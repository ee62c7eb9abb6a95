using KbAlbertStream.IntegrationTests.Faults.Worlds;
using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>Lets one worker read a world's log into a fresh database while nothing happens.</summary>
internal static class ReferenceRun
{
    /// <summary>The filled database.</summary>
    public static async Task<SqlQuery> FillAsync(FaultWorld world, CancellationToken cancellationToken)
    {
        var database = await world.Database.NewDatabaseAsync(cancellationToken);
        var settings = world.Settings(database.ConnectionString.Replace("Pooling=False", "Pooling=True", StringComparison.Ordinal), "reference");
        settings["Alerting:WebhookUrl"] = settings["Alerting:WebhookSecret"] = null;
        settings["Batching:MaxRecords"] = "256";
        await using var worker = WorkerProcess.Start(settings, ["run"]);
        var ends = new KafkaLog(world.Brokers.BootstrapServers).Ends(WorldTopics.Partitions);
        await Patiently.UntilAsync(
            async () =>
            {
                var next = await database.ScalarAsync<long>(
                    "SELECT coalesce(sum(next_offset), 0)::bigint FROM partition_progress");
                var owed = await database.ScalarAsync<long>(
                    "SELECT (SELECT count(*) FROM pending_looks) + (SELECT count(*) FROM alert_deliveries WHERE state = 'pending')");
                return next == ends.Values.Sum() && owed == 0 ? "" : $"{ends.Values.Sum() - next} records, {owed} looks";
            },
            world.Options.Patience * 4);
        await worker.TerminateAsync();
        return database;
    }
}
