using System.Text.Json;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>
/// The deliveries that are owed. A claim holds for a lease, so that two processes do not deliver the same alert; a
/// process that dies in between leaves it to the next after the lease (the receiver knows the alert by its key).
/// </summary>
public sealed class AlertDeliveries(NpgsqlDataSource source)
{
    /// <summary>
    /// The oldest delivery owed to a sink, claimed until the lease ends; null when none is due. A correction comes after
    /// its alert.
    /// </summary>
    public async Task<OwedDelivery?> ClaimAsync(
        string sink, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            UPDATE alert_deliveries AS d SET attempts = d.attempts + 1, next_attempt_at = $3
            FROM (
              SELECT o.alert_id, o.correction,
                     (SELECT f.state FROM alert_deliveries AS f
                      WHERE f.alert_id = o.alert_id AND f.correction = 0 AND f.sink = o.sink) AS alert_state
              FROM alert_deliveries AS o
              WHERE o.sink = $1 AND o.state = 'pending' AND o.next_attempt_at <= $2
                AND (o.correction = 0 OR NOT EXISTS (
                  SELECT FROM alert_deliveries AS f
                  WHERE f.alert_id = o.alert_id AND f.correction = 0 AND f.sink = o.sink AND f.state = 'pending'))
              ORDER BY o.alert_id, o.correction LIMIT 1 FOR UPDATE OF o SKIP LOCKED
            ) AS due
            JOIN alerts AS a USING (alert_id)
            LEFT JOIN alert_corrections AS c ON c.alert_id = due.alert_id AND c.number = due.correction
            WHERE d.alert_id = due.alert_id AND d.correction = due.correction AND d.sink = $1
            RETURNING d.attempts, a.alert_id, a.alert_key, a.rule, a.kind, a.institution_id, a.severity, a.opened_at,
              a.window_hours, a.seen, a.expected, a.p, a.publishers, a.level_per_day, a.cold_start,
              a.windows, a.evidence, a.detector, a.model_version, due.alert_state,
              c.number, c.external_id, c.reason, c.remaining,
              a.kind, c.recorded_at, c.topic, c."partition", c."offset", c.created_at
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = sink });
        command.Parameters.Add(new NpgsqlParameter { Value = now.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter { Value = (now + lease).ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new OwedDelivery(Read(reader, 1) with { Correction = ReadCorrection(reader, 20) }, reader.GetInt32(0))
            {
                AlertWasTooOld = reader.GetString(19) == "too_old",
            }
            : null;
    }

    /// <summary>The sink took it.</summary>
    public Task MarkDeliveredAsync(
        AlertNotice alert, string sink, DateTimeOffset now, CancellationToken cancellationToken) =>
        UpdateAsync("state = 'delivered', delivered_at = $4, last_error = NULL", alert, sink, [now], cancellationToken);

    /// <summary>Too old to be sent by now.</summary>
    public Task MarkTooOldAsync(AlertNotice alert, string sink, CancellationToken cancellationToken) =>
        UpdateAsync("state = 'too_old'", alert, sink, [], cancellationToken);

    /// <summary>The sink did not take it; it is due again at a time.</summary>
    /// <param name="alert">The alert or correction.</param>
    /// <param name="sink">The sink.</param>
    /// <param name="errorClass">A short class of the failure, never a receiver's words.</param>
    /// <param name="dueAt">Not before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task MarkFailedAsync(
        AlertNotice alert, string sink, string errorClass, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        UpdateAsync("last_error = $4, next_attempt_at = $5", alert, sink, [errorClass, dueAt], cancellationToken);

    private async Task UpdateAsync(
        string assignments, AlertNotice alert, string sink, object[] values, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            UPDATE alert_deliveries SET {assignments}
            WHERE alert_id = $1 AND correction = $2 AND sink = $3 AND state = 'pending'
            """);
        foreach (var value in (object[])[alert.AlertId, alert.Correction?.Number ?? 0, sink, .. values])
        {
            command.Parameters.Add(new NpgsqlParameter
            {
                Value = value is DateTimeOffset time ? time.ToUniversalTime() : value,
            });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static AlertNotice Read(NpgsqlDataReader reader, int first) => new()
    {
        AlertId = reader.GetInt64(first),
        AlertKey = reader.GetString(first + 1),
        Rule = reader.GetString(first + 2),
        Kind = Positions.ReadKind(reader, first + 3),
        InstitutionId = reader.GetString(first + 4),
        Severity = SeverityNames.Parse(reader.GetString(first + 5)),
        OpenedAt = reader.GetFieldValue<DateTimeOffset>(first + 6),
        WindowHours = reader.GetInt32(first + 7),
        Seen = reader.GetInt32(first + 8),
        Expected = reader.GetDouble(first + 9),
        P = reader.GetDouble(first + 10),
        Publishers = reader.GetInt32(first + 11),
        LevelPerDay = reader.GetDouble(first + 12),
        ColdStart = reader.GetBoolean(first + 13),
        Windows = ReadJson(reader, first + 14),
        Evidence = ReadJson(reader, first + 15),
        Detector = reader.GetString(first + 16),
        ModelVersion = reader.IsDBNull(first + 17) ? null : reader.GetString(first + 17),
    };

    private static AlertCorrection? ReadCorrection(NpgsqlDataReader reader, int first) =>
        reader.IsDBNull(first)
            ? null
            : new AlertCorrection(
                reader.GetInt32(first), reader.GetString(first + 1), reader.GetString(first + 2),
                reader.GetInt32(first + 3), Positions.Read(reader, first + 4),
                reader.GetFieldValue<DateTimeOffset>(first + 9));

    private static JsonElement ReadJson(NpgsqlDataReader reader, int column) =>
        JsonElement.Parse(reader.GetString(column));
}
