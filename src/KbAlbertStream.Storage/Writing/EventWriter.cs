using System.Collections.Immutable;
using System.Data;
using KbAlbertStream.Core.Messages;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Writes batches of scored texts: each all or nothing, and each once, however often it is given.</summary>
/// <remarks>
/// One transaction a batch:
/// <list type="number">
/// <item>Month partitions that are missing are made (before it, on their own).</item>
/// <item>Insert the texts and withdrawals that have no row yet, by COPY.</item>
/// <item>Where a text was there before: find out which version is the newest and what it takes the place of.</item>
/// <item>Find out which new texts count against which institutions; exact copies and versions count once.</item>
/// <item>Dead letters: new ones, and those that have just become rows or withdrawals.</item>
/// <item>Versions, mentions, rollups, and what the spike detector has to look at and to forget.</item>
/// <item>Progress of the partitions.</item>
/// </list>
/// Everything after step 2 follows from the rows really inserted, so a replay changes nothing. Locks are always taken
/// in this order and inside a step in the order of the keys, so writers wait for one another but never deadlock.
/// There are no retries: <see cref="DatabaseFaults"/> says what to do about an exception. It keeps one connection and
/// opens a new one after a failure; it needs a session of its own (no transaction pooling in front of the server).
/// </remarks>
public sealed class EventWriter(
    NpgsqlDataSource source, EventWriterOptions options, Action<string, TimeSpan>? stageTook = null) : IAsyncDisposable
{
    private readonly EventMonths _months = new();
    private readonly EventInsert _insert = new(options);
    private NpgsqlConnection? _connection;
    private int _busy;

    /// <summary>
    /// Writes a batch. One call at a time. When it throws, nothing is written, except that after a lost connection
    /// the commit may have happened: write the batch again, which is safe.
    /// </summary>
    public Task<WriteResult> WriteAsync(EventBatch batch, CancellationToken cancellationToken) =>
        RunAsync(batch, keep: true, cancellationToken);

    /// <summary>
    /// Writes a batch and takes it back: code is compiled, the connection made and its statements prepared, and the
    /// database is as it was (a sequence may have moved). One call at a time, like <see cref="WriteAsync"/>.
    /// </summary>
    public async Task RehearseAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        await RunAsync(batch, keep: false, cancellationToken);
        _months.Forget();
    }

    private async Task<WriteResult> RunAsync(EventBatch batch, bool keep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (Interlocked.Exchange(ref _busy, 1) == 1)
        {
            throw new InvalidOperationException("The writer is already writing: batches are written one after another.");
        }

        var done = false;
        try
        {
            var result = await WriteAsync(await ConnectAsync(cancellationToken), batch, keep, cancellationToken);
            done = true;
            return result;
        }
        finally
        {
            if (!done)
            {
                await DisconnectAsync();
            }

            Volatile.Write(ref _busy, 0);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await DisconnectAsync();

    private async Task<WriteResult> WriteAsync(
        NpgsqlConnection connection, EventBatch batch, bool keep, CancellationToken cancellationToken)
    {
        // A rehearsal is nobody's time.
        var watch = new StageWatch(keep ? stageTook : null);

        // 1
        if (keep)
        {
            await _months.EnsureAsync(connection, batch.Events, cancellationToken);
        }

        // Each statement must see what others committed before it: the copies that were counted, above all.
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.ReadCommitted, cancellationToken);
        if (!keep)
        {
            await _months.EnsureAsync(connection, batch.Events, cancellationToken); // Taken back with the rest.
        }

        watch.Lap("write_begin");

        // 2
        var added = await _insert.RunAsync(transaction, batch, cancellationToken);
        var inserted = added.Inserted;
        watch.Lap("write_rows");

        // 3
        var versions = added.Met.IsEmpty
            ? VersionChanges.None
            : await VersionLedger.SettleAsync(connection, added.Met, options, cancellationToken);
        var current = added.Newest.Select(version => version.Position)
            .Where(position => !versions.Outdated.Contains(position)).ToHashSet();

        // 4
        var mentions = await MentionLedger.SettleAsync(
            connection, inserted, current, versions.Superseded, options, cancellationToken);

        watch.Lap("write_mentions");

        // 5 to 7, in one round trip
        ImmutableArray<RecordPosition> resolved = [
            .. inserted.Select(scored => scored.Position), .. added.Withdrawals.Select(withdrawal => withdrawal.Position),
        ];
        await using var rest = new NpgsqlBatch(connection, transaction) { Timeout = options.CommandTimeoutSeconds };
        var letters = batch.DeadLetters.IsEmpty ? null : LetterStatements.Add(batch.DeadLetters);
        Add(rest, letters);
        Add(rest, resolved.IsEmpty ? null : LetterStatements.Resolve(resolved));
        Add(rest, versions.Moved.IsEmpty ? null : VersionStatements.Store(versions.Moved));
        foreach (var statement in MentionStatements.Apply(mentions, PartitionClock.Of(batch.Events)))
        {
            Add(rest, statement);
        }

        var (advance, advancing) = AddPositions(rest, batch.Positions);
        if (rest.BatchCommands.Count > 0)
        {
            await rest.ExecuteNonQueryAsync(cancellationToken);
        }

        watch.Lap("write_rollups");
        await (keep ? transaction.CommitAsync(cancellationToken) : transaction.RollbackAsync(cancellationToken));
        watch.Lap("write_commit");
        return new WriteResult(
            inserted.Length, batch.Events.Length - inserted.Length, mentions.Counted, (int)(letters?.Rows ?? 0))
        {
            Withdrawals = added.Withdrawals.Length,
            Displaced = advancing - (int)(advance?.Rows ?? 0),
        };
    }

    // Where a position does not fit the rows stay: they are true, and reading from the stored position finds them there.
    private static (NpgsqlBatchCommand? Advance, int Positions) AddPositions(
        NpgsqlBatch batch, ImmutableArray<PartitionPosition> positions)
    {
        var free = positions.RemoveAll(position => position.FromOffset is not null);
        var bound = positions.RemoveAll(position => position.FromOffset is null);
        Add(batch, free.IsEmpty ? null : PositionStatements.Store(free));
        var advance = bound.IsEmpty ? null : PositionStatements.Advance(bound);
        Add(batch, advance);
        return (advance, bound.Length);
    }

    private static void Add(NpgsqlBatch batch, NpgsqlBatchCommand? statement)
    {
        if (statement is not null)
        {
            batch.BatchCommands.Add(statement);
        }
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_connection is { State: ConnectionState.Open })
        {
            return _connection;
        }

        await DisconnectAsync();
        _connection = await source.OpenConnectionAsync(cancellationToken);
        await WriterSession.PrepareAsync(_connection, cancellationToken);
        return _connection;
    }

    private async Task DisconnectAsync()
    {
        _months.Forget();
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
        {
            await connection.DisposeAsync();
        }
    }
}
