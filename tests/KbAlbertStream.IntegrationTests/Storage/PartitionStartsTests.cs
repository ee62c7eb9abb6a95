using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.IntegrationTests.Storage;

public sealed class PartitionStartsTests(PostgresServers servers)
{
    private const long Reach = 100;
    private static readonly (string Topic, int Partition)[] One = [("risk.news.v1", 0)];

    [Theory, EveryPostgres]
    public async Task Two_processes_that_ended_at_work_at_one_position_make_it_suspicious(string version)
    {
        await using var database = await DatabaseAtAsync(version, 50);

        Assert.Equal(new PartitionStart("risk.news.v1", 0, 50, 0, null, null), await DieAsync(database));
        Assert.Equal(1, (await DieAsync(database)).Failures);
        Assert.Equal(new PartitionStart("risk.news.v1", 0, 50, 2, 50 + Reach, null), await DieAsync(database));
    }

    [Theory, EveryPostgres]
    public async Task The_process_that_got_to_a_position_and_ended_there_counts(string version)
    {
        await using var database = await DatabaseAtAsync(version, 50);
        await DieAsync(database);

        await MoveToAsync(database, 60);

        Assert.Equal(1, (await DieAsync(database)).Failures);
        Assert.Equal(60 + Reach, (await DieAsync(database)).IsolatedUntil);
    }

    [Theory, EveryPostgres]
    public async Task Progress_begins_anew(string version)
    {
        await using var database = await DatabaseAtAsync(version, 50);
        for (var position = 51; position < 55; position++)
        {
            await DieAsync(database);
            await MoveToAsync(database, position);
        }

        Assert.Equal(1, (await DieAsync(database)).Failures);
    }

    [Theory, EveryPostgres]
    public async Task A_stop_in_order_begins_anew(string version)
    {
        await using var database = await DatabaseAtAsync(version, 50);
        await DieAsync(database);
        await DieAsync(database);
        var orderly = Process(database);
        await orderly.BeginAsync(One, Reach, default);
        await orderly.WorkAsync(One, default);

        await orderly.EndAsync(One, default);

        Assert.Equal(0, (await DieAsync(database)).Failures);
    }

    [Theory, EveryPostgres]
    public async Task Who_never_began_to_work_and_who_begins_twice_count_for_nothing(string version)
    {
        await using var database = await DatabaseAtAsync(version, 50);
        for (var i = 0; i < 4; i++)
        {
            await Process(database).BeginAsync(One, Reach, default);
        }

        var twice = Process(database);
        await twice.BeginAsync(One, Reach, default);
        await twice.WorkAsync(One, default);

        Assert.Equal(0, Assert.Single(await twice.BeginAsync(One, Reach, default)).Failures);
        Assert.Equal(1, (await DieAsync(database)).Failures);
    }

    [Theory, EveryPostgres]
    public async Task A_trial_names_the_record_only_at_the_position_itself_and_after_an_end_at_work(string version)
    {
        await using var database = await DatabaseAtAsync(version, 50);
        await DieAsync(database);
        await DieAsync(database);
        await DieAsync(database, trial: 50);

        var crashed = await DieAsync(database, trial: 51);
        await MoveToAsync(database, 52);
        var past = await DieAsync(database);

        Assert.Equal(50, crashed.CrashedOffset);
        Assert.Null(past.CrashedOffset);
        Assert.Equal(50 + Reach, past.IsolatedUntil);
    }

    [Theory, EveryPostgres]
    public async Task Behind_the_region_and_after_a_step_back_nothing_is_isolated(string version)
    {
        await using var database = await DatabaseAtAsync(version, 50);
        await DieAsync(database);
        await DieAsync(database);
        await DieAsync(database);

        await MoveToAsync(database, 50 + Reach);
        Assert.Null((await DieAsync(database)).IsolatedUntil);
        await MoveToAsync(database, 10);
        Assert.Null((await DieAsync(database)).IsolatedUntil);
    }

    [Theory, EveryPostgres]
    public async Task A_zombie_notes_no_trial_on_a_partition_that_another_process_has_started(string version)
    {
        await using var database = await DatabaseAtAsync(version, 50);
        var zombie = Process(database);
        await zombie.BeginAsync(One, Reach, default);
        await DieAsync(database);

        Assert.False(await zombie.TryAsync("risk.news.v1", 0, 50, default));
        await zombie.EndAsync(One, default);

        Assert.Equal(1, (await DieAsync(database)).Failures);
    }

    private static PartitionStarts Process(PostgresDatabase database) => new(database.Source, Guid.NewGuid());

    /// <summary>A process that starts, begins to work, perhaps takes a record alone, and ends.</summary>
    private static async Task<PartitionStart> DieAsync(PostgresDatabase database, long? trial = null)
    {
        var process = Process(database);
        var start = Assert.Single(await process.BeginAsync(One, Reach, default));
        await process.WorkAsync(One, default);
        if (trial is { } offset)
        {
            Assert.True(await process.TryAsync("risk.news.v1", 0, offset, default));
        }

        return start;
    }

    private async Task<PostgresDatabase> DatabaseAtAsync(string version, long position)
    {
        var database = await servers.NewDatabaseAsync(version);
        await database.ExecuteAsync(
            $"""
            INSERT INTO partition_progress (topic, "partition", kind, next_offset) VALUES ('risk.news.v1', 0, 'news', {position})
            """);
        return database;
    }

    private static Task MoveToAsync(PostgresDatabase database, long position) =>
        database.ExecuteAsync($"UPDATE partition_progress SET next_offset = {position}");
}
