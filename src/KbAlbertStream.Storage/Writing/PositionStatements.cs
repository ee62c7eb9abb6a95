using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Stores progress.</summary>
internal static class PositionStatements
{
    /// <summary>
    /// Moves the positions forward, never back: a worker that lost its partition without knowing may still write.
    /// </summary>
    public static NpgsqlBatchCommand Advance(ImmutableArray<PartitionPosition> positions) => Statements.Create(
        """
        INSERT INTO partition_progress AS p (topic, "partition", kind, next_offset, end_offset, max_occurred_at)
        SELECT topic, part, max(kind), max(next_offset), max(end_offset), max(max_occurred_at)
        FROM unnest($1::text[], $2::int[], $3::text[], $4::bigint[], $5::bigint[], $6::timestamptz[])
               AS n (topic, part, kind, next_offset, end_offset, max_occurred_at)
        GROUP BY topic, part
        ORDER BY topic, part
        ON CONFLICT (topic, "partition") DO UPDATE SET
          next_offset = greatest(p.next_offset, excluded.next_offset),
          end_offset = greatest(p.end_offset, excluded.end_offset),
          max_occurred_at = greatest(p.max_occurred_at, excluded.max_occurred_at),
          updated_at = excluded.updated_at
        """,
        positions.Select(p => p.Topic).ToArray(),
        positions.Select(p => p.Partition).ToArray(),
        positions.Select(p => p.Kind.ToWireName()).ToArray(),
        positions.Select(p => p.NextOffset).ToArray(),
        positions.Select(p => p.EndOffset).ToArray(),
        positions.Select(p => p.MaxOccurredAt is { } time ? PostgresTime.ToUtc(time) : (DateTimeOffset?)null).ToArray());
}
