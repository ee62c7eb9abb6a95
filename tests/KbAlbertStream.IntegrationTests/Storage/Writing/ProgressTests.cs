using KbAlbertStream.Core.Messages;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.IntegrationTests.Storage.Writing;

/// <summary>How positions of partitions move.</summary>
public sealed class ProgressTests(PostgresServers servers)
{
    private static readonly EventWriterOptions Options = new();

    [Theory, EveryPostgres]
    public async Task Progress_never_goes_back(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        var reader = new PartitionProgressReader(database.Source);
        var ahead = new PartitionPosition(MessageKind.News, "risk.news.v1", 3, 100, 120, SomeText.Noon);

        await writer.WriteAsync(new EventBatch([], [], [ahead]), default);
        await writer.WriteAsync(
            new EventBatch([], [], [ahead with { NextOffset = 50, EndOffset = null, MaxOccurredAt = null }]), default);
        await AssertStoredAsync(ahead);

        var further = ahead with { NextOffset = 130, EndOffset = 131, MaxOccurredAt = SomeText.Noon.AddHours(1) };
        await writer.WriteAsync(new EventBatch([], [], [ahead, further]), default);
        await AssertStoredAsync(further);
        Assert.Empty(await reader.ReadAsync(["other"], default));

        async Task AssertStoredAsync(PartitionPosition expected)
        {
            var stored = Assert.Single(await reader.ReadAsync(["risk.news.v1", "other"], default));
            Assert.Equal(
                (expected.NextOffset, expected.EndOffset, expected.MaxOccurredAt),
                (stored.NextOffset, stored.EndOffset, stored.MaxOccurredAt));
        }
    }

    [Theory, EveryPostgres]
    public async Task A_position_moves_only_where_the_batch_goes_on_from_it(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, Options);
        var first = new PartitionPosition(MessageKind.News, "risk.news.v1", 3, 100, 100, SomeText.Noon);
        await writer.WriteAsync(new EventBatch([], [], [first]), default);

        // The database was restored to before the batch's first record.
        Assert.Equal(1, await WriteAsync(first with { FromOffset = 110, NextOffset = 120, EndOffset = 130 }));
        Assert.Equal("100|130", await StoredAsync());

        // Of another epoch, and of a row that is not there.
        Assert.Equal(1, await WriteAsync(first with { FromOffset = 100, NextOffset = 120, EndOffset = 140, Epoch = 1 }));
        Assert.Equal(1, await WriteAsync(first with { FromOffset = 0, NextOffset = 120, Partition = 4 }));
        Assert.Equal("100|130", await StoredAsync());

        // A worker that lost its partition without knowing: harmless.
        Assert.Equal(0, await WriteAsync(first with { FromOffset = 40, NextOffset = 60, EndOffset = null }));
        Assert.Equal("100|130", await StoredAsync());

        Assert.Equal(0, await WriteAsync(first with { FromOffset = 100, NextOffset = 120, EndOffset = 140 }));
        Assert.Equal("120|140", await StoredAsync());

        async Task<int> WriteAsync(PartitionPosition position) =>
            (await writer.WriteAsync(new EventBatch([], [], [position]), default)).Displaced;

        async Task<string> StoredAsync() => (await database.RowsAsync(
            """SELECT next_offset, end_offset FROM partition_progress WHERE "partition" = 3"""))[0];
    }
}
