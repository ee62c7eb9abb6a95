using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Reading;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>The statements of <see cref="PartitionRegistry"/>. Those about one position return one row when it was done.</summary>
internal static class RegistryStatements
{
    public static NpgsqlBatchCommand Add(NewPosition position) => Create(
        """
        INSERT INTO partition_progress (topic, "partition", kind, next_offset, end_offset, topic_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (topic, "partition") DO NOTHING
        RETURNING 1
        """,
        position.Topic, position.Partition, position.Kind.ToWireName(), position.NextOffset, position.EndOffset,
        position.TopicId);

    public static NpgsqlBatchCommand Confirm(StoredPosition stored, long endOffset, string? topicId) => Create(
        """
        UPDATE partition_progress SET
          end_offset = greatest(end_offset, $4), topic_id = coalesce(topic_id, $5), updated_at = clock_timestamp()
        WHERE topic = $1 AND "partition" = $2 AND epoch = $3 AND refused IS NULL
        RETURNING 1
        """,
        stored.Topic, stored.Partition, stored.Epoch, endOffset, topicId);

    // Locked in the order of the keys, as a batch locks them.
    public static NpgsqlBatchCommand NoteEnds(IReadOnlyCollection<(StoredPosition Stored, long EndOffset)> ends) =>
        Statements.Create(
            """
            WITH n AS (
              SELECT * FROM unnest($1::text[], $2::int[], $3::int[], $4::bigint[]) AS n (topic, part, epoch, end_offset)
            ), locked AS (
              SELECT p.topic, p."partition" AS part
              FROM partition_progress AS p JOIN n ON p.topic = n.topic AND p."partition" = n.part
              ORDER BY p.topic, p."partition"
              FOR UPDATE OF p
            )
            UPDATE partition_progress AS p SET end_offset = greatest(p.end_offset, n.end_offset)
            FROM n JOIN locked USING (topic, part)
            WHERE p.topic = n.topic AND p."partition" = n.part AND p.epoch = n.epoch AND p.refused IS NULL
            """,
            ends.Select(end => end.Stored.Topic).ToArray(),
            ends.Select(end => end.Stored.Partition).ToArray(),
            ends.Select(end => end.Stored.Epoch).ToArray(),
            ends.Select(end => end.EndOffset).ToArray());

    public static NpgsqlBatchCommand PassGap(StoredPosition stored, long start, long end, string? topicId) => Create(
        """
        WITH moved AS (
          UPDATE partition_progress SET
            next_offset = $5, end_offset = greatest(end_offset, $6), topic_id = coalesce(topic_id, $7),
            updated_at = clock_timestamp()
          WHERE topic = $1 AND "partition" = $2 AND epoch = $3 AND next_offset = $4 AND refused IS NULL
          RETURNING topic, "partition", epoch
        )
        INSERT INTO gaps (topic, "partition", epoch, from_offset, to_offset, reason)
        SELECT topic, "partition", epoch, $4, $5, 'retention' FROM moved
        RETURNING 1
        """,
        stored.Topic, stored.Partition, stored.Epoch, stored.NextOffset, start, end, topicId);

    public static NpgsqlBatchCommand Refuse(StoredPosition stored, RefusalReason reason) => Create(
        """
        UPDATE partition_progress SET refused = coalesce(refused, $4), updated_at = clock_timestamp()
        WHERE topic = $1 AND "partition" = $2 AND epoch = $3
        RETURNING 1
        """,
        stored.Topic, stored.Partition, stored.Epoch, reason.ToWireName());

    // Of another log nothing was read, so what lies before the new position is passed over too; what the old log still
    // held, as far as anybody knew, is gone.
    public static NpgsqlBatchCommand Reset(StoredPosition stored, NewPosition to, long logStart) => Create(
        """
        WITH old AS (
          SELECT * FROM partition_progress WHERE topic = $1 AND "partition" = $2 AND epoch = $3 FOR UPDATE
        ), moved AS (
          UPDATE partition_progress AS p SET
            next_offset = $4, end_offset = $5, topic_id = $6, epoch = old.epoch + 1, refused = NULL,
            updated_at = clock_timestamp()
          FROM old WHERE p.topic = old.topic AND p."partition" = old."partition"
          RETURNING 1
        ), passed AS (
          INSERT INTO gaps (topic, "partition", epoch, from_offset, to_offset, reason)
          SELECT topic, "partition", epoch, g.from_offset, g.to_offset, g.reason
          FROM old CROSS JOIN LATERAL (VALUES
            (CASE WHEN $8::boolean THEN $7::bigint ELSE next_offset END, $4, 'reset'),
            (next_offset, CASE WHEN $8::boolean THEN end_offset END, 'topic_recreated')
          ) AS g (from_offset, to_offset, reason)
          WHERE g.to_offset > g.from_offset
        )
        SELECT 1 FROM moved
        """,
        stored.Topic, stored.Partition, stored.Epoch, to.NextOffset, to.EndOffset, to.TopicId, logStart,
        stored.Refused is not null || !stored.MayBelongTo(to.TopicId));

    private static NpgsqlBatchCommand Create(string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        return command;
    }
}
