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
/// <item>COPY to a temporary table; insert the texts that have no row yet.</item>
/// <item>Of these, find out which count against which institutions; exact copies count once.</item>
/// <item>Dead letters: new ones, and those that have just become rows.</item>
/// <item>Mentions, rollups, and the looks that the spike detector owes.</item>
/// <item>Progress of the partitions.</item>
/// </list>
/// Everything after step 2 follows from the rows really inserted, so a replay changes nothing. Locks are always taken
/// in this order and inside a step in the order of the keys, so writers wait for one another but never deadlock.
/// There are no retries: <see cref="DatabaseFaults"/> says what to do about an exception. It keeps one connection and
/// opens a new one after a failure; it needs a session of its own (no transaction pooling in front of the server).
/// </remarks>
public sealed class EventWriter(NpgsqlDataSource source, EventWriterOptions options) : IAsyncDisposable
{
    private readonly EventMonths _months = new();
    private NpgsqlConnection? _connection;
    private int _busy;

    /// <summary>
    /// Writes a batch. One call at a time. When it throws, nothing is written, except that after a lost connection
    /// the commit may have happened: write the batch again, which is safe.
    /// </summary>
    public async Task<WriteResult> WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (Interlocked.Exchange(ref _busy, 1) == 1)
        {
            throw new InvalidOperationException("The writer is already writing: batches are written one after another.");
        }

        var done = false;
        try
        {
            var result = await WriteAsync(await ConnectAsync(cancellationToken), batch, cancellationToken);
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
        NpgsqlConnection connection, EventBatch batch, CancellationToken cancellationToken)
    {
        // 1
        await _months.EnsureAsync(connection, batch.Events, cancellationToken);

        // Each statement must see what others committed before it: the copies that were counted, above all.
        await using var transaction = await connection.BeginTransactionAsync(
            IsolationLevel.ReadCommitted, cancellationToken);

        // 2
        var inserted = batch.Events.IsEmpty
            ? []
            : await StagedInsert.RunAsync(connection, batch.Events, options, cancellationToken);

        // 3
        var changes = await MentionLedger.SettleAsync(connection, inserted, options, cancellationToken);
        var counted = changes.Count(c => c.Texts > 0);
        var looks = changes.Where(c => c.IsNew).Select(c => c.Mention).Order(MentionOrder.Instance).ToImmutableArray();

        // 4 to 6, in one round trip
        await using var rest = new NpgsqlBatch(connection, transaction) { Timeout = options.CommandTimeoutSeconds };
        var letters = batch.DeadLetters.IsEmpty ? null : LetterStatements.Add(batch.DeadLetters);
        Add(rest, letters);
        Add(rest, inserted.IsEmpty ? null : LetterStatements.Resolve([.. inserted.Select(scored => scored.Position)]));
        Add(rest, changes.IsEmpty ? null : MentionStatements.Store(changes));
        foreach (var statement in RollupStatements.Apply(RollupChange.From(changes)))
        {
            Add(rest, statement);
        }

        Add(rest, looks.IsEmpty ? null : MentionStatements.AddLooks(looks, PartitionClock.Of(batch.Events)));
        Add(rest, looks.IsEmpty ? null : MentionStatements.Notify());
        var (advance, advancing) = AddPositions(rest, batch.Positions);
        if (rest.BatchCommands.Count > 0)
        {
            await rest.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return new WriteResult(
            inserted.Length,
            batch.Events.Length - inserted.Length,
            counted,
            (int)(letters?.Rows ?? 0),
            advancing - (int)(advance?.Rows ?? 0));
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
        await StagedInsert.PrepareSessionAsync(_connection, cancellationToken);
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
