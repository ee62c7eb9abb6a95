using System.Text.Json;
using Npgsql;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>
/// What the rollups must be, counted anew from <c>scored_events</c> and <c>withdrawals</c> alone and by code that shares
/// nothing with the writer's.
/// </summary>
internal static class Recount
{
    /// <summary>Fails when the stored rollups differ from a recount.</summary>
    public static async Task AssertEqualsRollupsAsync(PostgresDatabase database) =>
        Assert.Equal(await ExpectedAsync(database.Source), await StoredAsync(database));

    /// <summary>The stored rollups: <c>kind|institution|category|bucket in seconds|texts</c>, in ordinal order.</summary>
    public static async Task<string[]> StoredAsync(PostgresDatabase database)
    {
        var rows = await database.RowsAsync(
            "SELECT kind, institution_id, category, extract(epoch FROM bucket)::bigint, texts FROM reputation_rollup");
        Array.Sort(rows, StringComparer.Ordinal);
        return rows;
    }

    private static async Task<string[]> ExpectedAsync(NpgsqlDataSource source)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var lastCounted = new Dictionary<string, DateTimeOffset>();
        await using var command = source.CreateCommand(
            """
            SELECT kind, institutions::text, occurred_at, encode(story_hash, 'hex'), customer_ref, reputation_labels
            FROM (
              SELECT DISTINCT ON (kind, external_id) * FROM (
                SELECT kind, recorded_at, topic, "partition", "offset", external_id, institutions, occurred_at, story_hash,
                       customer_ref, reputation_labels, negative_reputation
                FROM scored_events
                UNION ALL
                SELECT kind, recorded_at, topic, "partition", "offset", external_id, NULL, NULL, NULL, NULL, NULL, NULL
                FROM withdrawals
              ) AS versions
              ORDER BY kind, external_id, recorded_at DESC, topic COLLATE "C" DESC, "partition" DESC, "offset" DESC
            ) AS newest
            WHERE negative_reputation >= 0.5
            ORDER BY occurred_at, recorded_at, topic COLLATE "C", "partition", "offset"
            """);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var kind = reader.GetString(0);
            var occurredAt = reader.GetFieldValue<DateTimeOffset>(2);
            var customer = kind == "news" ? "" : reader.IsDBNull(4) ? null : reader.GetString(4);
            foreach (var institution in JsonDocument.Parse(reader.GetString(1)).RootElement.EnumerateArray())
            {
                var id = institution.GetProperty("id").GetString();
                if (institution.GetProperty("relevance").GetInt32() < (kind == "news" ? 40 : 30))
                {
                    continue;
                }

                var story = $"{kind} {id} {reader.GetString(3)} {customer}";
                var window = TimeSpan.FromHours(kind == "news" ? 72 : 7 * 24);
                var canBeCopy = customer is not null;
                if (canBeCopy && lastCounted.TryGetValue(story, out var last) && occurredAt - last <= window)
                {
                    continue;
                }

                lastCounted[story] = occurredAt;
                var bucket = occurredAt.ToUnixTimeSeconds() / 300 * 300;
                foreach (var category in reader.GetFieldValue<string[]>(5).Append("all"))
                {
                    var row = FormattableString.Invariant($"{kind}|{id}|{category}|{bucket}");
                    counts[row] = counts.GetValueOrDefault(row) + 1;
                }
            }
        }

        var rows = counts.Select(row => FormattableString.Invariant($"{row.Key}|{row.Value}")).ToArray();
        Array.Sort(rows, StringComparer.Ordinal);
        return rows;
    }
}
