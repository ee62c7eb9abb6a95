using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Storage.Retention;

/// <summary>Removes what hangs on the rows of a month, inside the caller's transaction.</summary>
internal static class MonthCleaning
{
    // Evidence keeps where the texts stood and what they were labelled; what can be read goes.
    private static readonly (string Count, string Sql)[] Statements =
    [
        ("text_versions",
            """
            DELETE FROM text_versions AS v USING (
              SELECT kind, external_id FROM text_versions
              WHERE kind = $1 AND recorded_at >= $2 AND recorded_at < $3
              ORDER BY kind, external_id FOR UPDATE) AS o
            WHERE v.kind = o.kind AND v.external_id = o.external_id
            """),
        ("dead_letters",
            """
            DELETE FROM dead_letters AS d USING (
              SELECT kind, recorded_at, topic, "partition", "offset" FROM dead_letters
              WHERE kind = $1 AND recorded_at >= $2 AND recorded_at < $3
              ORDER BY 1, 2, 3, 4, 5 FOR UPDATE) AS o
            WHERE (d.kind, d.recorded_at, d.topic, d."partition", d."offset")
                = (o.kind, o.recorded_at, o.topic, o."partition", o."offset")
            """),
        ("withdrawals", "DELETE FROM withdrawals WHERE kind = $1 AND recorded_at >= $2 AND recorded_at < $3"),
        ("pending_looks", "DELETE FROM pending_looks WHERE kind = $1 AND recorded_at >= $2 AND recorded_at < $3"),
        ("alerts",
            """
            UPDATE alerts SET updated_at = clock_timestamp(), evidence = (
              SELECT coalesce(jsonb_agg(e.text - 'title' - 'url' ORDER BY e.place), '[]')
              FROM jsonb_array_elements(evidence) WITH ORDINALITY AS e (text, place))
            WHERE kind = $1 AND state = 'closed' AND closed_at < $3 AND $2 < $3
              AND jsonb_path_exists(evidence, '$[*] ? (exists (@.title) || exists (@.url))')
            """),
    ];

    /// <summary>Runs it; the rows touched, by table.</summary>
    public static async Task<Dictionary<string, int>> RunAsync(
        NpgsqlConnection connection, EventMonth month, CancellationToken cancellationToken)
    {
        var touched = new Dictionary<string, int>();
        foreach (var (table, sql) in Statements)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(new() { Value = month.Kind.ToWireName() });
            command.Parameters.Add(new() { Value = month.Start });
            command.Parameters.Add(new() { Value = month.End });
            touched[table] = await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return touched;
    }
}
