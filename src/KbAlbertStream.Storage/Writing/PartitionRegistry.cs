using KbAlbertStream.Storage.Reading;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>
/// Notes what a worker finds when it is assigned a partition, before it reads a record of it, so that the detector's clock
/// waits for it: else a partition that happens to be read first would carry it past what the others still hold.
/// </summary>
/// <remarks>
/// Every method is a compare-and-set on what was read before, and says whether it was still so: two workers may look at
/// the same partition. One statement each, so a gap is a row if and only if the position has passed it.
/// </remarks>
public sealed class PartitionRegistry(NpgsqlDataSource source)
{
    /// <summary>Notes a partition that was never read; false when somebody else did meanwhile.</summary>
    public Task<bool> TryAddAsync(NewPosition position, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(position);
        return RunAsync(RegistryStatements.Add(position), cancellationToken);
    }

    /// <summary>Notes the end of the log and the topic's id; false when the position has another epoch or is refused.</summary>
    public Task<bool> TryConfirmAsync(
        StoredPosition stored, long endOffset, string? topicId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return RunAsync(RegistryStatements.Confirm(stored, endOffset, topicId), cancellationToken);
    }

    /// <summary>Moves a position that retention overtook to the start of the log and notes the gap.</summary>
    public Task<bool> TryPassGapAsync(
        StoredPosition stored, long startOffset, long endOffset, string? topicId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return RunAsync(RegistryStatements.PassGap(stored, startOffset, endOffset, topicId), cancellationToken);
    }

    /// <summary>Notes that a partition is not read until an operator has decided.</summary>
    public Task<bool> TryRefuseAsync(StoredPosition stored, RefusalReason reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return RunAsync(RegistryStatements.Refuse(stored, reason), cancellationToken);
    }

    /// <summary>Notes the ends of logs. Positions that an operator has moved meanwhile keep what he noted.</summary>
    public async Task NoteEndsAsync(
        IReadOnlyCollection<(StoredPosition Stored, long EndOffset)> ends, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ends);
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(RegistryStatements.NoteEnds(ends));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// An operator's decision: moves the position, wherever it stands by now, begins its next epoch, and notes as gaps what
    /// is passed over: of this log, and of the one before when that was deleted.
    /// </summary>
    /// <param name="stored">What was decided about; null for a partition that was never read.</param>
    /// <param name="to">Where it goes, with the log that it belongs to.</param>
    /// <param name="logStart">Where that log starts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when somebody else decided meanwhile; nothing is changed then.</returns>
    public Task<bool> TryResetAsync(
        StoredPosition? stored, NewPosition to, long logStart, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(to);
        return RunAsync(
            stored is null ? RegistryStatements.Add(to) : RegistryStatements.Reset(stored, to, logStart),
            cancellationToken);
    }

    // Every statement returns one row when it was done.
    private async Task<bool> RunAsync(NpgsqlBatchCommand statement, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(statement);
        return await batch.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
