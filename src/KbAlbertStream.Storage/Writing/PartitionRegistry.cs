using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>
/// Makes partitions known before the first record of them is written, so that the detector's clock waits for them: else
/// a partition that happens to be read first would carry it past what the others still hold.
/// </summary>
public sealed class PartitionRegistry(NpgsqlDataSource source)
{
    /// <summary>Notes where partitions begin and end. What is stored of a partition never goes back.</summary>
    public async Task AddAsync(ImmutableArray<PartitionPosition> positions, CancellationToken cancellationToken)
    {
        if (positions.IsEmpty)
        {
            return;
        }

        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(PositionStatements.Advance(positions));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
