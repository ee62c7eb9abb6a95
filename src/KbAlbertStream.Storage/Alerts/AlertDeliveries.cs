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
    /// <summary>The oldest delivery owed to a sink, claimed until the lease ends; null when none is due.</summary>
    public async Task<OwedDelivery?> ClaimAsync(
        string sink, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            UPDATE alert_deliveries AS d SET attempts = d.attempts + 1, next_attempt_at = $3
            FROM (
              SELECT alert_id FROM alert_deliveries
              WHERE sink = $1 AND state = 'pending' AND next_attempt_at <= $2
              ORDER BY alert_id LIMIT 1 FOR UPDATE SKIP LOCKED
            ) AS due
            JOIN alerts AS a USING (alert_id)
            WHERE d.alert_id = due.alert_id AND d.sink = $1
            RETURNING d.attempts, a.alert_id, a.alert_key, a.rule, a.kind, a.institution_id, a.severity, a.opened_at,
              a.window_hours, a.seen, a.expected, a.p, a.publishers, a.level_per_day, a.cold_start,
              a.windows, a.evidence, a.detector, a.model_version
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = sink });
        command.Parameters.Add(new NpgsqlParameter { Value = now.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter { Value = (now + lease).ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new OwedDelivery(Read(reader, 1), reader.GetInt32(0)) : null;
    }

    /// <summary>The sink took it.</summary>
    public Task MarkDeliveredAsync(long alertId, string sink, DateTimeOffset now, CancellationToken cancellationToken) =>
        UpdateAsync("state = 'delivered', delivered_at = $3, last_error = NULL", alertId, sink, [now], cancellationToken);

    /// <summary>Too old to be sent by now.</summary>
    public Task MarkTooOldAsync(long alertId, string sink, CancellationToken cancellationToken) =>
        UpdateAsync("state = 'too_old'", alertId, sink, [], cancellationToken);

    /// <summary>The sink did not take it; it is due again at a time.</summary>
    /// <param name="alertId">The alert.</param>
    /// <param name="sink">The sink.</param>
    /// <param name="errorClass">A short class of the failure, never a receiver's words.</param>
    /// <param name="dueAt">Not before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task MarkFailedAsync(
        long alertId, string sink, string errorClass, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        UpdateAsync("last_error = $3, next_attempt_at = $4", alertId, sink, [errorClass, dueAt], cancellationToken);

    private async Task UpdateAsync(
        string assignments, long alertId, string sink, object[] values, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"UPDATE alert_deliveries SET {assignments} WHERE alert_id = $1 AND sink = $2 AND state = 'pending'");
        foreach (var value in (object[])[alertId, sink, .. values])
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

    private static JsonElement ReadJson(NpgsqlDataReader reader, int column) =>
        JsonElement.Parse(reader.GetString(column));
}
