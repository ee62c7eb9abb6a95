using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>A mention <c>m</c> and its event <c>e</c> as the detector's text.</summary>
internal static class SeenTextColumns
{
    public const string Select =
        """
        m.kind, m.recorded_at, m.topic, m."partition", m."offset", m.institution_id, m.occurred_at, m.source,
        encode(m.story_hash, 'hex'), m.customer_ref, m.categories, coalesce(e.negative_reputation, 0), m.counted,
        e.external_id
        """;

    /// <summary>How many columns these are.</summary>
    public const int Count = 14;

    public const string JoinEvent =
        """
        LEFT JOIN scored_events AS e
          ON e.kind = m.kind AND e.recorded_at = m.recorded_at AND e.topic = m.topic
         AND e."partition" = m."partition" AND e."offset" = m."offset"
        """;

    public static SeenText Read(NpgsqlDataReader reader, int first, DateTimeOffset? clockAt, RowStrings strings)
    {
        var position = Positions.Read(reader, first);
        position = position with { Topic = strings.Of(position.Topic) };
        var occurredAt = reader.GetFieldValue<DateTimeOffset>(first + 6);
        var customerRef = reader.IsDBNull(first + 9) ? null : reader.GetString(first + 9);
        return new SeenText(
            position,
            strings.Of(reader.GetString(first + 5)),
            occurredAt,
            clockAt ?? occurredAt,
            strings.Of(reader.GetString(first + 7)),
            SeenText.StoryOf(position.Kind, reader.GetString(first + 8), customerRef),
            strings.Of(reader.GetFieldValue<string[]>(first + 10)),
            reader.GetFloat(first + 11))
        {
            IsCopy = !reader.GetBoolean(first + 12),
            ExternalId = reader.IsDBNull(first + 13) ? null : reader.GetString(first + 13),
        };
    }
}
