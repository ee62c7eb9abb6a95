using System.Globalization;
using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Fuzzing;

/// <summary>
/// Mutated records, the same ones every time, through the whole pipeline: each ends as a row, a withdrawal or a dead letter
/// with a reason, none ends the process. As many as KBAS_TEST_FUZZ says.
/// </summary>
public sealed class FuzzTests(KafkaFixture kafka, PostgresServers postgres, BundleFixture bundle)
{
    private const int Seed = 20261126;
    private const int Some = 20_000;
    private const int ThroughBroker = 1_000;
    private const long MostHeap = 400L << 20;

    private static readonly RecordMutator Mutator = new(Seed, new MessageLimits().MaxBytes);

    private static long Records => long.Parse(
        Environment.GetEnvironmentVariable("KBAS_TEST_FUZZ") ?? $"{Some}", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Whatever_a_record_holds_it_becomes_a_row_a_withdrawal_or_a_dead_letter()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 4);
        await using var pipeline = FuzzedPipeline.Compose(topics, database.ConnectionString, bundle.Folder, Mutator);

        await pipeline.RunAsync(0, Records);

        await AssertEveryRecordIsAccountedForAsync(database, Records);
        await ReportAsync(database, pipeline);
        Assert.True(pipeline.LargestHeap < MostHeap, $"the heap grew to {pipeline.LargestHeap >> 20} MiB");
    }

    [Fact]
    public async Task A_broker_hands_on_every_key_header_and_timestamp_and_nothing_is_lost()
    {
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetRealAsync(), partitions: 2);
        var taken = 0;
        for (var number = 0; number < ThroughBroker; number++)
        {
            taken += await TryPublishAsync(topics, Mutator.Make(number)) ? 1 : 0;
        }

        Assert.InRange(taken, ThroughBroker / 2, ThroughBroker);
        await using var worker = await TestWorker.StartAsync(topics, database.ConnectionString);

        await Eventually.IsAsync(
            () => database.ScalarAsync<long>("SELECT coalesce(sum(next_offset), 0)::bigint FROM partition_progress"),
            (long)taken,
            "positions");
        await AssertEveryRecordIsAccountedForAsync(database, taken);
    }

    // One at a time: a broker refuses the neighbours of a bad record along with it. What it refuses (too large, an
    // impossible time) never was a record.
    private static async Task<bool> TryPublishAsync(TestTopics topics, MutatedRecord record)
    {
        try
        {
            var topic = record.Kind == MessageKind.News ? topics.News : topics.Complaints;
            var time = record.Timestamp.Type == TimestampType.NotAvailable
                ? Timestamp.Default
                : new Timestamp(record.Timestamp.UnixTimestampMs, TimestampType.CreateTime);
            await topics.PublishAsync(topic, record.Value, headers: record.Headers, key: record.Key, timestamp: time);
            return true;
        }
        catch (KafkaException)
        {
            return false;
        }
    }

    private static async Task AssertEveryRecordIsAccountedForAsync(PostgresDatabase database, long records)
    {
        const string All =
            """
            SELECT topic, "partition", "offset" FROM scored_events
            UNION ALL SELECT topic, "partition", "offset" FROM dead_letters
            UNION ALL SELECT topic, "partition", "offset" FROM withdrawals
            """;
        Assert.Equal(records, await database.ScalarAsync<long>($"SELECT count(*) FROM ({All}) AS one"));
        Assert.Equal(records, await database.ScalarAsync<long>($"SELECT count(*) FROM (SELECT DISTINCT * FROM ({All}) AS one) AS two"));
        Assert.Equal(
            0, await database.ScalarAsync<long>("SELECT count(*) FROM dead_letters WHERE reason IN ('refused_by_database', 'crash')"));
        Assert.True(await database.ScalarAsync<long>("SELECT count(DISTINCT reason) FROM dead_letters") >= 8);
        Assert.True(await database.ScalarAsync<long>("SELECT count(*) FROM scored_events") > records / 10);
    }

    private static async Task ReportAsync(PostgresDatabase database, FuzzedPipeline pipeline)
    {
        var lines = await database.RowsAsync(
            """
            SELECT 'row', count(*) FROM scored_events
            UNION ALL SELECT 'withdrawal', count(*) FROM withdrawals
            UNION ALL (SELECT reason, count(*) FROM dead_letters GROUP BY reason ORDER BY 2 DESC)
            """);
        var report = $"{string.Join(", ", lines)}; largest heap {pipeline.LargestHeap >> 20} MiB";
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        TestContext.Current.SendDiagnosticMessage(report);
    }
}
