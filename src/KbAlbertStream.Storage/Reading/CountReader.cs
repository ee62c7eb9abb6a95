using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Storage.Reading;

/// <summary>Reads what counts against an institution, inside the caller's transaction if there is one.</summary>
public sealed class CountReader(NpgsqlConnection connection)
{
    /// <summary>
    /// How many texts count in each window (end - length, end], in the order of <paramref name="lengths"/>; exact to
    /// the microsecond, so that a look at the moment of a text does not see what happened after it.
    /// </summary>
    public async Task<ImmutableArray<int>> CountWindowsAsync(
        MessageKind kind,
        string institutionId,
        DateTimeOffset end,
        IReadOnlyList<TimeSpan> lengths,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT count(m.occurred_at)::int
            FROM unnest($4::timestamptz[]) WITH ORDINALITY AS w (start, place)
            LEFT JOIN negative_mentions AS m
              ON m.counted AND m.kind = $1 AND m.institution_id = $2 AND m.occurred_at > w.start AND m.occurred_at <= $3
            GROUP BY w.place
            ORDER BY w.place
            """,
            connection);
        end = PostgresTime.ToUtc(end);
        Add(command, kind.ToWireName(), institutionId, end, lengths.Select(length => end - length).ToArray());
        return await ReadIntegersAsync(command, cancellationToken);
    }

    /// <summary>
    /// How many different sources (publishers or channels) speak against the institution in (end - length, end], copies
    /// of counted texts included: a story that many print is confirmed by each.
    /// </summary>
    public async Task<int> CountSourcesAsync(
        MessageKind kind, string institutionId, DateTimeOffset end, TimeSpan length, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT count(DISTINCT source)::int FROM negative_mentions
            WHERE kind = $1 AND institution_id = $2 AND occurred_at > $3 AND occurred_at <= $4 AND current
            """,
            connection);
        end = PostgresTime.ToUtc(end);
        Add(command, kind.ToWireName(), institutionId, end - length, end);
        return (await ReadIntegersAsync(command, cancellationToken))[0];
    }

    /// <summary>
    /// Texts that count in consecutive steps [from, from + step), ... from the rollups, zeros included; one value a
    /// step. <paramref name="from"/> and <paramref name="step"/> are whole multiples of 5 minutes.
    /// </summary>
    public async Task<ImmutableArray<int>> CountStepsAsync(
        MessageKind kind,
        string institutionId,
        DateTimeOffset from,
        TimeSpan step,
        int steps,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT coalesce(sum(r.texts), 0)::int
            FROM generate_series(0, $5 - 1) AS place
            LEFT JOIN reputation_rollup AS r
              ON r.category = 'all' AND r.kind = $1 AND r.institution_id = $2
             AND r.bucket >= $3 + place * $4 AND r.bucket < $3 + (place + 1) * $4
            GROUP BY place
            ORDER BY place
            """,
            connection);
        Add(command, kind.ToWireName(), institutionId, PostgresTime.ToUtc(from), step, steps);
        return await ReadIntegersAsync(command, cancellationToken);
    }

    private static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
    }

    private static async Task<ImmutableArray<int>> ReadIntegersAsync(
        NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var values = ImmutableArray.CreateBuilder<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            values.Add(reader.GetInt32(0));
        }

        return values.DrainToImmutable();
    }
}
