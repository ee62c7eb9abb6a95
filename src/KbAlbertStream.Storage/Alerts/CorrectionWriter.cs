using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>Corrects the alerts that counted a text which does not stand any more.</summary>
internal static class CorrectionWriter
{
    /// <summary>
    /// Adds a correction for every alert and text concerned, once ever, and the deliveries to whoever was told of the
    /// alert, inside the caller's transaction. Returns how many are new.
    /// </summary>
    public static async Task<int> WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<PendingRetraction> retractions,
        CancellationToken cancellationToken)
    {
        var gone = retractions.Where(retraction => retraction.Corrects).ToArray();
        if (gone.Length == 0)
        {
            return 0;
        }

        // The detector is the only one that adds corrections, so counting those there are gives the next number.
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Statements.Create(
            """
            WITH gone AS (
              SELECT *
              FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[], $6::text[], $7::text[], $8::text[])
                     WITH ORDINALITY
                     AS g (kind, recorded_at, topic, part, off, institution_id, external_id, reason, place)
            ), due AS (
              SELECT DISTINCT ON (a.alert_id, g.external_id) a.alert_id, g.*
              FROM gone AS g
              JOIN alert_texts AS t ON t.external_id = g.external_id
              JOIN alerts AS a ON a.alert_id = t.alert_id AND a.kind = g.kind AND a.institution_id = g.institution_id
              WHERE NOT EXISTS (
                SELECT FROM alert_corrections AS c WHERE c.alert_id = a.alert_id AND c.external_id = g.external_id)
              ORDER BY a.alert_id, g.external_id, g.place
            ), numbered AS (
              SELECT due.*, row_number() OVER (PARTITION BY alert_id ORDER BY place)
                       + (SELECT count(*) FROM alert_corrections AS c WHERE c.alert_id = due.alert_id) AS number,
                     (SELECT count(*) FROM alert_texts AS t WHERE t.alert_id = due.alert_id) AS texts
              FROM due
            ), corrected AS (
              INSERT INTO alert_corrections (
                alert_id, number, external_id, reason, remaining, recorded_at, topic, "partition", "offset")
              SELECT alert_id, number, external_id, reason, texts - number, recorded_at, topic, part, off FROM numbered
              RETURNING alert_id, number
            ), owed AS (
              INSERT INTO alert_deliveries (alert_id, correction, sink)
              SELECT c.alert_id, c.number, d.sink
              FROM corrected AS c
              JOIN alert_deliveries AS d ON d.alert_id = c.alert_id AND d.correction = 0 AND d.state <> 'too_old'
            )
            SELECT count(*)::int FROM corrected
            """,
            [
                .. Positions.ToColumns([.. gone.Select(retraction => retraction.By)]),
                gone.Select(retraction => retraction.Series.Entity).ToArray(),
                gone.Select(retraction => retraction.ExternalId).ToArray(),
                gone.Select(retraction => retraction.Reason).ToArray(),
            ]));
        return (int)(await batch.ExecuteScalarAsync(cancellationToken))!;
    }
}
