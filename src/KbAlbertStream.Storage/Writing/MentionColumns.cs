using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>A row of <c>negative_mentions</c>, named <c>m</c>, as a mention.</summary>
internal static class MentionColumns
{
    public const string Select =
        """
        m.kind, m.recorded_at, m.topic, m."partition", m."offset", m.institution_id, m.occurred_at,
        m.relevance, m.source, encode(m.story_hash, 'hex'), m.customer_ref, m.categories, m.counted
        """;

    /// <summary>How many columns these are: what follows them in a row stands from here on.</summary>
    public const int Count = 13;

    public static NegativeMention Read(NpgsqlDataReader reader) => new(
        reader.GetString(5), Positions.Read(reader, 0), reader.GetFieldValue<DateTimeOffset>(6),
        reader.GetInt32(7), reader.GetString(8), reader.GetString(9),
        reader.IsDBNull(10) ? null : reader.GetString(10),
        [.. reader.GetFieldValue<string[]>(11)], reader.GetBoolean(12));
}
