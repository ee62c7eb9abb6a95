using KbAlbertStream.Core.Messages;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Reads and stores which version of a text is the newest.</summary>
internal static class VersionStatements
{
    /// <summary>
    /// Locks the stored versions in the order of their keys and returns them with the place (from 1) of the given one.
    /// </summary>
    public static NpgsqlBatchCommand Lock(IReadOnlyCollection<TextVersion> versions) => Statements.Create(
        """
        SELECT v.kind, v.recorded_at, v.topic, v."partition", v."offset", g.place::int
        FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS g (kind, external_id, place)
        JOIN text_versions AS v ON v.kind = g.kind AND v.external_id = g.external_id
        ORDER BY v.kind, v.external_id
        FOR UPDATE OF v
        """,
        Kinds(versions),
        Ids(versions));

    /// <summary>The mentions of the stored versions, and whether a look at them is owed. The versions are locked by then.</summary>
    public static NpgsqlBatchCommand ReadMentions(IReadOnlyCollection<TextVersion> versions) => Statements.Create(
        $"""
        SELECT {MentionColumns.Select}, g.place::int, EXISTS (
                 SELECT FROM pending_looks AS l
                 WHERE l.kind = m.kind AND l.institution_id = m.institution_id AND l.recorded_at = m.recorded_at
                   AND l.topic = m.topic AND l."partition" = m."partition" AND l."offset" = m."offset")
        FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS g (kind, external_id, place)
        JOIN text_versions AS v ON v.kind = g.kind AND v.external_id = g.external_id
        JOIN scored_events AS e
          ON e.kind = v.kind AND e.recorded_at = v.recorded_at AND e.topic = v.topic
         AND e."partition" = v."partition" AND e."offset" = v."offset"
        CROSS JOIN LATERAL unnest(e.institution_ids) AS i (id)
        JOIN negative_mentions AS m
          ON m.kind = v.kind AND m.institution_id = i.id AND m.recorded_at = v.recorded_at AND m.topic = v.topic
         AND m."partition" = v."partition" AND m."offset" = v."offset"
        WHERE m.current
        """,
        Kinds(versions),
        Ids(versions));

    /// <summary>Stores versions that took the place of others; the rows are locked by then.</summary>
    public static NpgsqlBatchCommand Store(IReadOnlyCollection<TextVersion> versions) => Statements.Create(
        """
        INSERT INTO text_versions (kind, external_id, recorded_at, topic, "partition", "offset", withdrawn)
        SELECT kind, external_id, recorded_at, topic, part, off, withdrawn
        FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[], $6::text[], $7::boolean[])
               AS g (kind, recorded_at, topic, part, off, external_id, withdrawn)
        ORDER BY kind, external_id
        ON CONFLICT (kind, external_id) DO UPDATE SET
          recorded_at = excluded.recorded_at, topic = excluded.topic, "partition" = excluded."partition",
          "offset" = excluded."offset", withdrawn = excluded.withdrawn
        """,
        Columns(versions));

    /// <summary>Tells the spike detector what ceased to be current.</summary>
    public static NpgsqlBatchCommand AddRetractions(IReadOnlyCollection<Retraction> retractions) => Statements.Create(
        """
        INSERT INTO pending_retractions (
          kind, recorded_at, topic, "partition", "offset", institution_id, external_id, reason)
        SELECT kind, recorded_at, topic, part, off, institution_id, external_id, reason
        FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[], $6::text[], $7::text[], $8::text[])
               WITH ORDINALITY AS r (kind, recorded_at, topic, part, off, institution_id, external_id, reason, place)
        ORDER BY place
        """,
        [
            .. Positions.ToColumns([.. retractions.Select(r => r.By.Position)]),
            retractions.Select(r => r.InstitutionId).ToArray(),
            retractions.Select(r => r.By.ExternalId).ToArray(),
            retractions.Select(r => r.Reason).ToArray(),
        ]);

    /// <summary>Seven arrays: position, external id, and whether it is a withdrawal.</summary>
    public static object[] Columns(IReadOnlyCollection<TextVersion> versions) =>
    [
        .. Positions.ToColumns([.. versions.Select(v => v.Position)]),
        Ids(versions),
        versions.Select(v => v.IsWithdrawal).ToArray(),
    ];

    /// <summary>Six arrays: position and external id.</summary>
    public static object[] Columns(IReadOnlyCollection<Withdrawal> withdrawals) =>
    [
        .. Positions.ToColumns([.. withdrawals.Select(w => w.Position)]),
        withdrawals.Select(w => w.ExternalId).ToArray(),
    ];

    private static string[] Kinds(IReadOnlyCollection<TextVersion> versions) =>
        [.. versions.Select(v => v.Position.Kind.ToWireName())];

    private static string[] Ids(IReadOnlyCollection<TextVersion> versions) => [.. versions.Select(v => v.ExternalId)];
}
