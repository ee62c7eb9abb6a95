using System.Text;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Observability.Otlp;
using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Observability;

/// <summary>What the real executable exports: a trace a batch, its log, its metrics, and nothing of a message.</summary>
public sealed class OtlpTests(KafkaFixture kafka, PostgresServers postgres, BundleFixture bundle)
{
    private const string Marker = "비밀문장";

    [Fact]
    public async Task A_batch_is_traced_through_its_steps_logs_and_metrics_arrive_and_no_text_does()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var database = await postgres.NewDatabaseAsync();
        using var topics = await TestTopics.CreateAsync(await kafka.GetAsync(), partitions: 1);
        var settings = Settings(topics, database, receiver, bundle);
        await topics.PublishAsync(topics.News, SomeMessages.News("n1", $"KB국민은행 {Marker}", $"{Marker} 고객정보 유출"));
        await topics.PublishAsync(topics.News, $"no json, {Marker}");

        await using var worker = WorkerProcess.Start(settings, ["run"]);
        await Eventually.IsAsync(() => Rows.CountAsync(database), 1L, "rows");
        await Eventually.IsAsync(() => Rows.DeadLettersAsync(database), 1L, "dead letters");
        await topics.PublishAsync(topics.News, SomeMessages.News("n2", $"KB국민은행 {Marker}", $"{Marker} 고객정보 유출"));
        await Eventually.IsAsync(() => Rows.CountAsync(database), 2L, "rows of two batches");
        await Eventually.IsTrueAsync(() => receiver.Spans.Any(span => span.Name == "commit"), "a commit's span");
        await worker.TerminateAsync();

        Assert.Equal(0, worker.ExitCode);
        AssertStepsOfOneBatch(receiver.Spans);
        Assert.Contains(receiver.Lines, line => line.Body.StringValue.StartsWith("The schema is at", StringComparison.Ordinal));
        Assert.Contains(receiver.Lines, line => line.Body.StringValue.Contains("is rejected: InvalidJson", StringComparison.Ordinal));
        Assert.Superset(
            new HashSet<string> { "kbas.rows", "kbas.stage", "kbas.bundle", "dotnet.process.memory.working_set" },
            receiver.Metrics.ToHashSet());
        var marker = Encoding.UTF8.GetBytes(Marker);
        Assert.DoesNotContain(receiver.Raw, message => message.AsSpan().IndexOf(marker) >= 0);
        Assert.DoesNotContain(Marker, worker.Output + worker.Errors, StringComparison.Ordinal);
    }

    /// <summary>The settings of a worker that exports to the receiver, soon.</summary>
    internal static Dictionary<string, string?> Settings(
        TestTopics topics, PostgresDatabase database, OtlpReceiver receiver, BundleFixture bundle)
    {
        var settings = TestWorker.Settings(topics, database.ConnectionString);
        settings["Model:Bundle"] = bundle.Folder;
        settings["Service:OtlpEndpoint"] = receiver.Endpoint;
        settings["Logging:LogLevel:Default"] = "Trace";
        settings["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        settings["OTEL_BLRP_SCHEDULE_DELAY"] = "200";
        settings["OTEL_METRIC_EXPORT_INTERVAL"] = "500";
        return settings;
    }

    private static void AssertStepsOfOneBatch(IReadOnlyCollection<Span> spans)
    {
        var batches = spans.Where(span => span.Name == "batch").ToList();
        Assert.InRange(batches.Count, 2, 3);
        Assert.Equal(batches.Count, batches.DistinctBy(span => span.TraceId).Count());
        var traces = spans.GroupBy(span => span.TraceId).ToList();
        var trace = traces.First(all => all.Any(span => span.Name == "write_dead_letters"));
        var batch = Assert.Single(trace, span => span.Name == "batch");
        Assert.True(batch.ParentSpanId.IsEmpty);
        AssertUnder(batch, "read", "score", "write");

        // A commit is for all that is durable by then, and stands with the last batch of that.
        Assert.Contains(spans, span => span.Name == "commit" && batches.Any(one => one.SpanId == span.ParentSpanId));
        AssertUnder(One("score"), "score_prepare", "score_model", "score_link");
        AssertUnder(One("write"), "write_dead_letters", "write_database");
        Assert.All(trace, span => Assert.True(span.EndTimeUnixNano >= span.StartTimeUnixNano, span.Name));
        Assert.Contains(trace, span => span.ParentSpanId == One("write_database").SpanId);

        Span One(string name) => trace.First(span => span.Name == name);

        void AssertUnder(Span parent, params string[] names) => Assert.All(names, name =>
            Assert.Contains(trace, span => span.Name == name && span.ParentSpanId == parent.SpanId));
    }
}
