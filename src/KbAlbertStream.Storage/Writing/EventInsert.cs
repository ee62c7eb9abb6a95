using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Inserts what of a batch has no row yet, over the cheaper of two ways.</summary>
internal sealed class EventInsert(EventWriterOptions options)
{
    // A replay after a crash ends within a few batches; one of a whole topic tries in vain once in seventeen.
    private const int StagedAfterConflict = 16;

    private int _stagedLeft;

    /// <summary>
    /// Inside the caller's transaction: writes texts and withdrawals that have no row yet, and adds the texts that are new
    /// to the versions.
    /// </summary>
    public async Task<InsertedBatch> RunAsync(
        NpgsqlTransaction transaction, EventBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Events.IsEmpty && batch.Withdrawals.IsEmpty)
        {
            return InsertedBatch.Empty;
        }

        if (_stagedLeft > 0)
        {
            _stagedLeft--;
        }
        else if (!batch.Events.IsEmpty)
        {
            if (await DirectInsert.TryRunAsync(transaction, batch, options, cancellationToken) is { } inserted)
            {
                return inserted;
            }

            _stagedLeft = StagedAfterConflict;
        }

        return await StagedInsert.RunAsync(transaction.Connection!, batch, options, cancellationToken);
    }
}
