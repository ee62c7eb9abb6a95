namespace KbAlbertStream.Storage.Erasure;

/// <summary>The statements of an erasure. Rows are blanked, not deleted: a record read again finds its key taken.</summary>
internal static class ErasureStatements
{
    /// <summary>Texts that a reference names: their kinds and ids, ordered as the writer locks them.</summary>
    public const string FindTexts =
        """
        SELECT DISTINCT kind, external_id FROM scored_events
        WHERE ($1 IS NULL OR kind = $1) AND ($2 IS NULL OR customer_ref = $2) AND ($3 IS NULL OR external_id = $3)
        UNION
        SELECT kind, external_id FROM withdrawals
        WHERE ($1 IS NULL OR kind = $1) AND $2 IS NULL AND external_id = $3
        UNION
        SELECT a.kind, t.external_id FROM alert_texts AS t JOIN alerts AS a USING (alert_id)
        WHERE ($1 IS NULL OR a.kind = $1) AND $2 IS NULL AND t.external_id = $3
        ORDER BY 1, 2
        """;

    /// <summary>Locks texts against new versions, in the order of their keys.</summary>
    public const string LockTexts =
        """
        SELECT v.kind FROM text_versions AS v
        JOIN unnest($1::text[], $2::text[]) AS n (kind, external_id) ON v.kind = n.kind AND v.external_id = n.external_id
        ORDER BY v.kind, v.external_id FOR UPDATE OF v
        """;

    /// <summary>The customers of texts.</summary>
    public const string FindCustomers =
        """
        SELECT DISTINCT e.customer_ref FROM scored_events AS e
        JOIN unnest($1::text[], $2::text[]) AS n (kind, external_id) ON e.kind = n.kind AND e.external_id = n.external_id
        WHERE e.customer_ref IS NOT NULL
        """;

    /// <summary>Blanks every version of the texts and gives their positions back.</summary>
    public const string BlankEvents =
        """
        UPDATE scored_events AS e SET
          title = NULL, text = NULL, url = NULL, customer_ref = NULL, institution = NULL, external_id = n.name,
          evidence = (
            SELECT coalesce(jsonb_agg(l.label - 'text' ORDER BY l.place), '[]')
            FROM jsonb_array_elements(e.evidence) WITH ORDINALITY AS l (label, place))
        FROM unnest($1::text[], $2::text[], $3::text[]) AS n (kind, external_id, name)
        WHERE e.kind = n.kind AND e.external_id = n.external_id
        RETURNING e.kind, e.recorded_at, e.topic, e."partition", e."offset"
        """;

    /// <summary>Gives withdrawals their new names and gives their positions back.</summary>
    public const string RenameWithdrawals =
        """
        UPDATE withdrawals AS w SET external_id = n.name
        FROM unnest($1::text[], $2::text[], $3::text[]) AS n (kind, external_id, name)
        WHERE w.kind = n.kind AND w.external_id = n.external_id
        RETURNING w.kind, w.recorded_at, w.topic, w."partition", w."offset"
        """;

    /// <summary>Tables that know a text by its kind and id.</summary>
    public static readonly (string Table, string Sql)[] Renames =
    [
        ("text_versions",
            """
            UPDATE text_versions AS v SET external_id = n.name
            FROM unnest($1::text[], $2::text[], $3::text[]) AS n (kind, external_id, name)
            WHERE v.kind = n.kind AND v.external_id = n.external_id
            """),
        ("pending_retractions",
            """
            UPDATE pending_retractions AS r SET external_id = n.name
            FROM unnest($1::text[], $2::text[], $3::text[]) AS n (kind, external_id, name)
            WHERE r.kind = n.kind AND r.external_id = n.external_id
            """),
        ("alert_texts",
            """
            UPDATE alert_texts AS t SET external_id = n.name
            FROM unnest($1::text[], $2::text[], $3::text[]) AS n (kind, external_id, name), alerts AS a
            WHERE t.alert_id = a.alert_id AND a.kind = n.kind AND t.external_id = n.external_id
            """),
        ("alert_corrections",
            """
            UPDATE alert_corrections AS c SET external_id = n.name
            FROM unnest($1::text[], $2::text[], $3::text[]) AS n (kind, external_id, name), alerts AS a
            WHERE c.alert_id = a.alert_id AND a.kind = n.kind AND c.external_id = n.external_id
            """),
    ];

    /// <summary>
    /// Tables that know a text by its position ($1 to $5); $6 maps customers to new names. Copies of one customer's
    /// complaints are told by the reference, so it gets one new name and the counts stay as they are.
    /// </summary>
    public static readonly (string Table, string Sql)[] Blanks =
    [
        ("dead_letters",
            """
            UPDATE dead_letters AS d SET detail = NULL
            FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[])
                   AS n (kind, recorded_at, topic, part, off)
            WHERE (d.kind, d.recorded_at, d.topic, d."partition", d."offset")
                = (n.kind, n.recorded_at, n.topic, n.part, n.off)
              AND d.detail IS NOT NULL AND $6::jsonb IS NOT NULL
            """),
        ("negative_mentions",
            """
            UPDATE negative_mentions AS m SET customer_ref = coalesce($6::jsonb ->> m.customer_ref, m.customer_ref)
            FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[])
                   AS n (kind, recorded_at, topic, part, off)
            WHERE (m.kind, m.recorded_at, m.topic, m."partition", m."offset")
                = (n.kind, n.recorded_at, n.topic, n.part, n.off)
              AND m.customer_ref IS NOT NULL
            """),
        ("alerts",
            """
            UPDATE alerts AS a SET updated_at = clock_timestamp(), evidence = (
              SELECT jsonb_agg(CASE WHEN t.is_gone THEN t.text - 'title' - 'url' - 'spans' ELSE t.text END ORDER BY t.place)
              FROM (
                SELECT e.text, e.place, EXISTS (
                  SELECT FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[])
                                AS n (kind, recorded_at, topic, part, off)
                  WHERE n.kind = a.kind AND n.topic = e.text ->> 'topic' AND n.part = (e.text ->> 'partition')::int
                    AND n.off = (e.text ->> 'offset')::bigint
                    AND n.recorded_at = (e.text ->> 'recorded_at')::timestamptz) AS is_gone
                FROM jsonb_array_elements(a.evidence) WITH ORDINALITY AS e (text, place)) AS t)
            WHERE $6::jsonb IS NOT NULL AND EXISTS (
              SELECT FROM jsonb_array_elements(a.evidence) AS e (text)
              JOIN unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[])
                     AS n (kind, recorded_at, topic, part, off)
                ON n.kind = a.kind AND n.topic = e.text ->> 'topic' AND n.part = (e.text ->> 'partition')::int
               AND n.off = (e.text ->> 'offset')::bigint AND n.recorded_at = (e.text ->> 'recorded_at')::timestamptz
              WHERE e.text ? 'title' OR e.text ? 'url' OR e.text ? 'spans')
            """),
    ];

    /// <summary>The audit row; its number is part of the new names.</summary>
    public const string Begin =
        "INSERT INTO erasures (reference_type, kind, reference_hash, touched) VALUES ($1, $2, $3, '{}') RETURNING erasure_id";

    /// <summary>What was touched.</summary>
    public const string Conclude = "UPDATE erasures SET touched = $2::jsonb WHERE erasure_id = $1";
}
