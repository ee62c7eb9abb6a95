using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Stores dead letters, and notes which of them became rows after all.</summary>
internal static class LetterStatements
{
    /// <summary>
    /// Inserts the dead letters that are new, ordered by their key. One that failed again for another reason gets the
    /// new one (no ON CONFLICT DO UPDATE: it would need the right to read details); a record that has its row is none.
    /// </summary>
    public static NpgsqlBatchCommand Add(ImmutableArray<DeadLetter> letters) => Statements.Create(
        """
        WITH n AS (
          SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[], $6::text[], $7::text[])
                          AS n (kind, recorded_at, topic, part, off, reason, detail)
        ), again AS (
          UPDATE dead_letters AS d SET reason = n.reason, detail = n.detail
          FROM n
          WHERE (d.kind, d.recorded_at, d.topic, d."partition", d."offset")
              = (n.kind, n.recorded_at, n.topic, n.part, n.off)
            AND d.resolved_at IS NULL AND d.reason <> n.reason
        )
        INSERT INTO dead_letters (kind, recorded_at, topic, "partition", "offset", reason, detail)
        SELECT * FROM n
        WHERE NOT EXISTS (
          SELECT FROM scored_events AS e
          WHERE (e.kind, e.recorded_at, e.topic, e."partition", e."offset")
              = (n.kind, n.recorded_at, n.topic, n.part, n.off))
        ORDER BY kind, recorded_at, topic, part, off
        ON CONFLICT (kind, recorded_at, topic, "partition", "offset") DO NOTHING
        """,
        // One row a key: a statement may not change a row twice, and a letter replayed twice may come in one batch.
        Columns(letters.DistinctBy(d => Positions.AsStored(d.Position)).ToArray()));

    /// <summary>Marks the letters of records that have just become rows, in the order of their key.</summary>
    public static NpgsqlBatchCommand Resolve(IReadOnlyCollection<RecordPosition> inserted) => Statements.Create(
        """
        WITH found AS (
          SELECT d.kind, d.recorded_at, d.topic, d."partition", d."offset"
          FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[])
                 AS n (kind, recorded_at, topic, part, off)
          JOIN dead_letters AS d ON (d.topic, d."partition", d."offset", d.kind, d.recorded_at)
                                  = (n.topic, n.part, n.off, n.kind, n.recorded_at)
          WHERE d.resolved_at IS NULL
          ORDER BY 1, 2, 3, 4, 5
          FOR UPDATE OF d
        )
        UPDATE dead_letters AS d SET resolved_at = clock_timestamp()
        FROM found AS f
        WHERE (d.kind, d.recorded_at, d.topic, d."partition", d."offset")
            = (f.kind, f.recorded_at, f.topic, f."partition", f."offset")
        """,
        inserted.Select(p => p.Kind.ToWireName()).ToArray(),
        inserted.Select(p => PostgresTime.ToUtc(p.RecordedAt)).ToArray(),
        inserted.Select(p => p.Topic).ToArray(),
        inserted.Select(p => p.Partition).ToArray(),
        inserted.Select(p => p.Offset).ToArray());

    private static object[] Columns(DeadLetter[] letters) =>
    [
        letters.Select(d => d.Position.Kind.ToWireName()).ToArray(),
        letters.Select(d => PostgresTime.ToUtc(d.Position.RecordedAt)).ToArray(),
        letters.Select(d => d.Position.Topic).ToArray(),
        letters.Select(d => d.Position.Partition).ToArray(),
        letters.Select(d => d.Position.Offset).ToArray(),
        letters.Select(d => d.Reason.ToWireName()).ToArray(),
        letters.Select(d => d.Detail).ToArray(),
    ];
}
