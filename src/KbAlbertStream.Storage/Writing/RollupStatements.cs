using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Brings the rollups up to date. The institutions are locked by then, so no order is needed.</summary>
internal static class RollupStatements
{
    /// <summary>The statements for the changes: additions, then subtractions where there are any.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Apply(ImmutableArray<RollupChange> changes)
    {
        var more = changes.Where(change => change.Texts > 0).ToArray();
        var fewer = changes.Where(change => change.Texts < 0).ToArray();
        if (more.Length > 0)
        {
            yield return Create(
                """
                INSERT INTO reputation_rollup AS r (kind, institution_id, category, bucket, texts)
                SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::int[])
                ON CONFLICT (kind, institution_id, category, bucket) DO UPDATE SET texts = r.texts + excluded.texts
                """,
                more);
        }

        if (fewer.Length == 0)
        {
            yield break;
        }

        // Two statements: a row that falls to zero goes, so that the table equals a recount row by row.
        yield return Create(
            """
            UPDATE reputation_rollup AS r SET texts = r.texts + n.texts
            FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::int[])
                   AS n (kind, institution_id, category, bucket, texts)
            WHERE (r.kind, r.institution_id, r.category, r.bucket) = (n.kind, n.institution_id, n.category, n.bucket)
            """,
            fewer);
        yield return Create(
            """
            DELETE FROM reputation_rollup AS r
            USING unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::int[])
                    AS n (kind, institution_id, category, bucket, texts)
            WHERE (r.kind, r.institution_id, r.category, r.bucket) = (n.kind, n.institution_id, n.category, n.bucket)
              AND r.texts = 0
            """,
            fewer);
    }

    private static NpgsqlBatchCommand Create(string sql, RollupChange[] changes) => Statements.Create(
        sql,
        changes.Select(c => c.Kind.ToWireName()).ToArray(),
        changes.Select(c => c.InstitutionId).ToArray(),
        changes.Select(c => c.Category).ToArray(),
        changes.Select(c => c.Bucket).ToArray(),
        changes.Select(c => c.Texts).ToArray());
}
