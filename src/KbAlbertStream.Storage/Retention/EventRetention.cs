using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Storage.Retention;

/// <summary>Drops months of texts with everything that hangs on them. Needs the owner's rights.</summary>
/// <remarks>
/// A month goes in steps, none of which holds up readers or the worker, and each of which finds what an interrupted call
/// left:
/// <list type="number">
/// <item>Detached, without locking anybody out; this waits for queries that read it.</item>
/// <item>Renamed, so that the worker can make the month again should an old record arrive.</item>
/// <item>Its mentions taken out of the counts, a chunk a transaction.</item>
/// <item>Dead letters, withdrawals, versions, the titles in closed alerts, and the table itself, in one transaction.</item>
/// </list>
/// </remarks>
public sealed class EventRetention(NpgsqlDataSource source)
{
    private readonly EventWriterOptions _options = new();

    /// <summary>What hangs on a month now, by table; nothing changes.</summary>
    public async Task<Dictionary<string, long>> CountAsync(EventMonth month, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(month);
        var counts = new Dictionary<string, long>
        {
            [month.Table] = await CountAsync($"SELECT count(*) FROM {month.Table}", null, cancellationToken),
        };
        foreach (var table in new[] { "negative_mentions", "text_versions", "dead_letters", "withdrawals" })
        {
            counts[table] = await CountAsync(
                $"SELECT count(*) FROM {table} WHERE kind = $1 AND recorded_at >= $2 AND recorded_at < $3",
                month, cancellationToken);
        }

        return counts;
    }

    /// <summary>Drops a month and returns the rows that went or changed, by table.</summary>
    public async Task<Dictionary<string, int>> DropAsync(EventMonth month, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(month);
        await DetachAsync(month, cancellationToken);                                                        // 1
        var gone = month with { Table = await RenameAsync(month, cancellationToken), State = EventMonthState.Detached };
        var mentions = await new MentionCleaning(source, _options).RunAsync(gone, cancellationToken);       // 3

        await using var connection = await source.OpenConnectionAsync(cancellationToken);                   // 4
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var touched = await MonthCleaning.RunAsync(connection, gone, cancellationToken);
        touched["negative_mentions"] = mentions;
        await using var drop = new NpgsqlCommand($"DROP TABLE {gone.Table}", connection);
        await drop.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return touched;
    }

    private static string ParentOf(MessageKind kind) => $"scored_events_{kind.ToWireName()}";

    private async Task DetachAsync(EventMonth month, CancellationToken cancellationToken)
    {
        if (month.State == EventMonthState.Detached)
        {
            return;
        }

        // It may wait as long as a query reads the month; nobody waits behind it.
        var how = month.State == EventMonthState.Attached ? "CONCURRENTLY" : "FINALIZE";
        await using var command = source.CreateCommand(
            $"ALTER TABLE {ParentOf(month.Kind)} DETACH PARTITION {month.Table} {how}");
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<string> RenameAsync(EventMonth month, CancellationToken cancellationToken)
    {
        if (month.Table.EndsWith(EventMonthReader.Dropping, StringComparison.Ordinal))
        {
            return month.Table;
        }

        var name = month.Table + EventMonthReader.Dropping;
        await using var command = source.CreateCommand($"ALTER TABLE {month.Table} RENAME TO {name}");             // 2
        await command.ExecuteNonQueryAsync(cancellationToken);
        return name;
    }

    private async Task<long> CountAsync(string sql, EventMonth? month, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        if (month is not null)
        {
            command.Parameters.Add(new() { Value = month.Kind.ToWireName() });
            command.Parameters.Add(new() { Value = month.Start });
            command.Parameters.Add(new() { Value = month.End });
        }

        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
