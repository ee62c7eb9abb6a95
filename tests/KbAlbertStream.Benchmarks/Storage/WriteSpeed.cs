using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Demo.Postgres;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Schema;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Benchmarks.Storage;

/// <summary>How many rows a second one writer stores, with commits that reach the disk.</summary>
/// <remarks>
/// Texts of about 500 characters with 36 label probabilities; one in three counts against an institution, and one in ten
/// of these is a copy.
/// </remarks>
internal static class WriteSpeed
{
    private const int Rows = 20_000;

    /// <summary>Measures on a database, or on a private server when there is none given.</summary>
    public static async Task<int> RunAsync(string? connectionString)
    {
        await using var server = connectionString is null
            ? await LocalPostgres.StartAsync(new LocalPostgresOptions { Say = Console.Error.WriteLine }, default)
            : null;
        await using var source = StorageDataSource.Create(connectionString ?? server!.ConnectionString);
        await new SchemaMigrator(source).MigrateAsync(default);

        // A first run fills caches; a partition of its own keeps the keys apart.
        foreach (var (batchSize, partition) in new[] { (1000, 0), (1, 1), (64, 2), (256, 3), (1000, 4) })
        {
            var texts = Enumerable.Range(0, batchSize == 1 ? Rows / 20 : Rows).Select(i => Text(i, partition)).ToArray();
            var before = Environment.CpuUsage.TotalTime;
            var (seconds, slowest) = await WriteAsync(source, texts, batchSize);
            if (partition > 0)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"batches of {batchSize,4}: {texts.Length / seconds,8:F0} rows/s, 99 % of batches within {slowest:F1} ms, "
                    + $"{(Environment.CpuUsage.TotalTime - before).TotalMicroseconds / texts.Length:F0} µs of the writer's CPU a row"));
            }
        }

        return 0;
    }

    private static async Task<(double Seconds, double P99)> WriteAsync(
        NpgsqlDataSource source, ScoredEvent[] texts, int batchSize)
    {
        await using var writer = new EventWriter(source, new EventWriterOptions());
        var times = new List<double>();
        var total = Stopwatch.StartNew();
        foreach (var part in texts.Chunk(batchSize))
        {
            var started = Stopwatch.GetTimestamp();
            var last = part[^1].Position;
            await writer.WriteAsync(
                new EventBatch(
                    [.. part], [],
                    [new(last.Kind, last.Topic, last.Partition, last.Offset + 1, null, part[^1].Message.OccurredAt)]),
                default);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var seconds = total.Elapsed.TotalSeconds;
        times.Sort();
        return (seconds, times[(int)(times.Count * 0.99)]);
    }

    private static ScoredEvent Text(int i, int partition)
    {
        ScoredEvent scored = new SomeText(i)
        {
            Id = $"{partition}-{i}",
            Kind = MessageKind.News,
            Partition = partition,
            OccurredAt = SomeText.Noon.AddSeconds(i * 20),
            Text = string.Concat(Enumerable.Repeat("고객 정보가 새어 나가 은행이 사과했다. ", 22)) + i,
            Story = $"{partition}/{(i % 30 == 0 ? 0 : i)}",
            Institutions = [new($"institution_{i % 40}", 90), new($"institution_{i % 7}", 50)],
            Negative = i % 3 == 0 ? 0.9f : 0.1f,
        };
        return scored with
        {
            Scores = scored.Scores with
            {
                Reputation = Head("reputation", 19, scored.Scores.Reputation.Chosen),
                Compliance = Head("compliance", 17, []),
            },
        };
    }

    private static HeadScores Head(string name, int labels, ImmutableArray<string> chosen)
    {
        ImmutableArray<string> all = [.. chosen, .. Enumerable.Range(chosen.Length, labels - chosen.Length).Select(
            i => $"{name}_label_{i}")];
        return new HeadScores(name, all, [.. all.Select((_, i) => i < chosen.Length ? 0.95f : 0.0123f)], chosen);
    }
}
