using System.Collections.Immutable;
using KbAlbertStream.Core.Spikes;
using Npgsql;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>What the detector has to evaluate at one moment, and the transaction that its findings go into.</summary>
public sealed class DetectorRound : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;

    private DetectorRound(
        NpgsqlTransaction transaction,
        DetectorClock clock,
        ImmutableArray<PendingRetraction> retractions,
        ImmutableArray<PendingLook> looks,
        bool all)
    {
        _transaction = transaction;
        Clock = clock;
        Retractions = retractions;
        Looks = looks;
        HasAllLooks = all;
    }

    /// <summary>How far the partitions are read.</summary>
    public DetectorClock Clock { get; }

    /// <summary>Texts to forget before the looks: what the database holds has forgotten them already.</summary>
    public ImmutableArray<PendingRetraction> Retractions { get; }

    /// <summary>
    /// Looks that are owed, in the detector's order; those that surely wait for the clock are left out, and some that wait
    /// are not.
    /// </summary>
    public ImmutableArray<PendingLook> Looks { get; }

    /// <summary>False when there are more looks up to the clock than were asked for.</summary>
    public bool HasAllLooks { get; }

    /// <summary>Stores what was found, all or nothing, with the corrections that follow. Returns what is new.</summary>
    public async Task<SavedRound> SaveAsync(DetectorOutcome outcome, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var connection = _transaction.Connection!;
        await RunAsync(DetectorStatements.Store(outcome), cancellationToken);
        var corrections = await CorrectionWriter.WriteAsync(connection, outcome.Retractions, cancellationToken);
        var opened = 0;
        foreach (var change in outcome.Changes)
        {
            opened += await AlertWriter.ApplyAsync(connection, change, outcome.Sinks, cancellationToken) ? 1 : 0;
        }

        if (DetectorStatements.StoreCalm(outcome) is { } calm)
        {
            await RunAsync([calm], cancellationToken);
        }

        await _transaction.CommitAsync(cancellationToken);
        return new SavedRound(opened, corrections);
    }

    /// <summary>Gives the round up, unless it was saved.</summary>
    public ValueTask DisposeAsync() => _transaction.DisposeAsync();

    internal static async Task<DetectorRound> ReadAsync(
        NpgsqlTransaction transaction, int mostLooks, CancellationToken cancellationToken)
    {
        var clock = DetectorClock.Of(await ReadPartitionsAsync(transaction, cancellationToken));
        await using var batch = new NpgsqlBatch(transaction.Connection!, transaction);
        batch.BatchCommands.Add(DetectorStatements.ReadRetractions(mostLooks));
        batch.BatchCommands.Add(
            DetectorStatements.ReadLooks(clock.Frontier?.ClockAt ?? DateTimeOffset.MaxValue, mostLooks));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var retractions = ImmutableArray.CreateBuilder<PendingRetraction>();
        while (await reader.ReadAsync(cancellationToken))
        {
            retractions.Add(PendingRetraction.Read(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        var (looks, strings) = (new List<PendingLook>(), new RowStrings());
        while (await reader.ReadAsync(cancellationToken))
        {
            looks.Add(new PendingLook(
                reader.GetInt64(0),
                SeenTextColumns.Read(reader, first: 2, reader.GetFieldValue<DateTimeOffset>(1), strings))
            {
                IsCurrent = reader.GetBoolean(2 + SeenTextColumns.Count),
            });
        }

        // With retractions left over, a look might see what is to be forgotten.
        var forgetsAll = retractions.Count < mostLooks;
        return new DetectorRound(
            transaction,
            clock,
            retractions.ToImmutable(),
            forgetsAll
                ? [.. looks.OrderBy(l => l.Text.LogKey).ThenBy(l => l.Text.Entity, StringComparer.Ordinal)]
                : [],
            forgetsAll && looks.Count < mostLooks);
    }

    private static async Task<List<ReadPartition>> ReadPartitionsAsync(
        NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection!, transaction);
        batch.BatchCommands.Add(DetectorStatements.ReadPartitions());
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var partitions = new List<ReadPartition>();
        while (await reader.ReadAsync(cancellationToken))
        {
            partitions.Add(new ReadPartition(
                reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2),
                await reader.GetFieldValueAsync<long?>(3, cancellationToken),
                await reader.GetFieldValueAsync<DateTimeOffset?>(4, cancellationToken)));
        }

        return partitions;
    }

    private async Task RunAsync(IEnumerable<NpgsqlBatchCommand> statements, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(_transaction.Connection!, _transaction);
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement);
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
