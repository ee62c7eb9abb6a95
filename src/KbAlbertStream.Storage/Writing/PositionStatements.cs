using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Stores progress.</summary>
internal static class PositionStatements
{
    /// <summary>
    /// Moves the positions forward, never back, and makes those that are missing: for positions that ask for nothing.
    /// </summary>
    public static NpgsqlBatchCommand Store(ImmutableArray<PartitionPosition> positions) => Statements.Create(
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
        Columns(positions));

    /// <summary>
    /// Moves the positions that the batch really goes on from, never back: a worker that lost its partition without
    /// knowing may still write. Affects fewer rows than positions when the database was restored to before the batch's
    /// first record, an operator moved the position, or the row is gone. A restored one learns of the log's end, so that
    /// the detector's clock waits for what is read again.
    /// </summary>
    public static NpgsqlBatchCommand Advance(ImmutableArray<PartitionPosition> positions) => Statements.Create(
        """
        WITH n AS (
          SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::bigint[], $5::bigint[], $6::timestamptz[],
                               $7::bigint[], $8::int[])
                          AS n (topic, part, kind, next_offset, end_offset, max_occurred_at, from_offset, epoch)
        ), locked AS (
          SELECT p.topic, p."partition" AS part
          FROM partition_progress AS p JOIN n ON p.topic = n.topic AND p."partition" = n.part
          ORDER BY p.topic, p."partition"
          FOR UPDATE OF p
        ), behind AS (
          UPDATE partition_progress AS p SET end_offset = greatest(p.end_offset, n.end_offset, n.next_offset)
          FROM n JOIN locked USING (topic, part)
          WHERE p.topic = n.topic AND p."partition" = n.part AND p.epoch = n.epoch AND p.next_offset < n.from_offset
        )
        UPDATE partition_progress AS p SET
          next_offset = greatest(p.next_offset, n.next_offset),
          end_offset = greatest(p.end_offset, n.end_offset),
          max_occurred_at = greatest(p.max_occurred_at, n.max_occurred_at),
          updated_at = clock_timestamp()
        FROM n JOIN locked USING (topic, part)
        WHERE p.topic = n.topic AND p."partition" = n.part AND p.epoch = n.epoch AND p.next_offset >= n.from_offset
        """,
        [.. Columns(positions), positions.Select(p => p.FromOffset).ToArray(), positions.Select(p => p.Epoch).ToArray()]);

    private static object[] Columns(ImmutableArray<PartitionPosition> positions) =>
    [
        positions.Select(p => p.Topic).ToArray(),
        positions.Select(p => p.Partition).ToArray(),
        positions.Select(p => p.Kind.ToWireName()).ToArray(),
        positions.Select(p => p.NextOffset).ToArray(),
        positions.Select(p => p.EndOffset).ToArray(),
        positions.Select(p => p.MaxOccurredAt is { } time ? PostgresTime.ToUtc(time) : (DateTimeOffset?)null).ToArray(),
    ];
}
