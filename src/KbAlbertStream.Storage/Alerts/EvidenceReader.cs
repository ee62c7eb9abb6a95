using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Spikes;
using Npgsql;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>Reads the rows that an alert points to.</summary>
internal static class EvidenceReader
{
    public static async Task<IReadOnlyDictionary<SeenText, EvidenceRow>> ReadAsync(
        NpgsqlConnection connection, IReadOnlyCollection<SeenText> texts, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT n.place, e.title, e.url, e.model_version, e.label_set_version, e.masker_version, e.dictionary_version,
                   e.evidence::text
            FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[])
                   WITH ORDINALITY AS n (kind, recorded_at, topic, part, off, place)
            JOIN scored_events AS e
              ON e.kind = n.kind AND e.recorded_at = n.recorded_at AND e.topic = n.topic
             AND e."partition" = n.part AND e."offset" = n.off
            """,
            connection);
        command.Parameters.Add(new() { Value = texts.Select(t => t.Position.Kind.ToWireName()).ToArray() });
        command.Parameters.Add(new() { Value = texts.Select(t => t.Position.RecordedAt).ToArray() });
        command.Parameters.Add(new() { Value = texts.Select(t => t.Position.Topic).ToArray() });
        command.Parameters.Add(new() { Value = texts.Select(t => t.Position.Partition).ToArray() });
        command.Parameters.Add(new() { Value = texts.Select(t => t.Position.Offset).ToArray() });

        var inOrder = texts.ToArray();
        var rows = new Dictionary<SeenText, EvidenceRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows[inOrder[reader.GetInt64(0) - 1]] = new EvidenceRow(
                reader.IsDBNull(1) ? null : reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.GetString(7),
                new ScoreVersions(reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6)));
        }

        return rows;
    }
}
