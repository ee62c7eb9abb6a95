using System.Collections.Immutable;
using Npgsql;

namespace KbAlbertStream.Storage.Reading;

/// <summary>Reads the gaps.</summary>
public sealed class GapReader(NpgsqlDataSource source)
{
    /// <summary>The gaps of the topics, in the order they were found.</summary>
    public async Task<ImmutableArray<GapRow>> ReadAsync(IEnumerable<string> topics, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            SELECT topic, "partition", from_offset, to_offset, records, reason, found_at
            FROM gaps WHERE topic = ANY ($1) ORDER BY gap_id
            """);
        command.Parameters.Add(new() { Value = topics.ToArray() });

        var gaps = ImmutableArray.CreateBuilder<GapRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            gaps.Add(new GapRow(
                reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4),
                reader.GetString(5), reader.GetFieldValue<DateTimeOffset>(6)));
        }

        return gaps.DrainToImmutable();
    }
}
