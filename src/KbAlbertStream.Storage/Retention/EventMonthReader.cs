using System.Collections.Immutable;
using System.Globalization;
using KbAlbertStream.Core.Messages;
using Npgsql;

namespace KbAlbertStream.Storage.Retention;

/// <summary>Finds the tables of months, those included that an interrupted call left half gone.</summary>
public sealed class EventMonthReader(NpgsqlDataSource source)
{
    /// <summary>Appended to the name of a month that is being dropped, so that the worker can make it again meanwhile.</summary>
    internal const string Dropping = "_dropping";

    /// <summary>The months of a kind that end at or before a time, the earliest first.</summary>
    /// <param name="kind">News or complaint.</param>
    /// <param name="until">Months that end later are left out, and so are records without a timestamp written since.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ImmutableArray<EventMonth>> ReadAsync(
        MessageKind kind, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            SELECT c.relname, i.inhrelid IS NOT NULL, coalesce(i.inhdetachpending, false), pg_total_relation_size(c.oid),
                   substring(c.relname from '[0-9]{4}_[0-9]{2}')
            FROM pg_class AS c LEFT JOIN pg_inherits AS i ON i.inhrelid = c.oid
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
              AND c.relname ~ ('^scored_events_' || $1 || '_[0-9]{4}_[0-9]{2}(_dropping)?$')
            ORDER BY 5, 1 DESC
            """);
        command.Parameters.Add(new() { Value = kind.ToWireName() });

        var months = ImmutableArray.CreateBuilder<EventMonth>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var state = !reader.GetBoolean(1) ? EventMonthState.Detached
                    : reader.GetBoolean(2) ? EventMonthState.Detaching : EventMonthState.Attached;
                var month = new EventMonth(
                    kind, DateOnly.ParseExact(reader.GetString(4), "yyyy_MM", CultureInfo.InvariantCulture),
                    reader.GetString(0), state, reader.GetInt64(3));
                if (month.End <= until)
                {
                    months.Add(month);
                }
            }
        }

        foreach (var month in months.Where(month => month.IsUnknown).ToList())
        {
            if (await IsWrittenSinceAsync(month, until, cancellationToken))
            {
                months.Remove(month);
            }
        }

        return months.ToImmutable();
    }

    // Its month says nothing about the age of a record without a timestamp; when it was written does.
    private async Task<bool> IsWrittenSinceAsync(
        EventMonth month, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"SELECT EXISTS (SELECT FROM {month.Table} WHERE written_at >= $1)");
        command.Parameters.Add(new() { Value = since });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
