using System.Collections.Immutable;
using System.Text.Json;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;
using Npgsql;
using NpgsqlTypes;

namespace KbAlbertStream.Storage.Erasure;

/// <summary>
/// Removes text and references of a customer or a text wherever the database holds them, in one transaction, and leaves
/// an entry in <c>erasures</c>. Scores, labels, hashes of masked texts and counts stay. Needs the owner's rights.
/// </summary>
/// <remarks>
/// <list type="number">
/// <item>The audit entry; its number is part of the new names.</item>
/// <item>Find the texts, lock their versions, and look again: a version may have come before the lock.</item>
/// <item>Blank and rename everything, in the order in which the writer locks.</item>
/// <item>What was touched.</item>
/// </list>
/// A worker that holds a later version of a text waits for the end, finds the text gone, and stores a new one.
/// </remarks>
public sealed class EventErasure(NpgsqlDataSource source, ErasedNames names)
{
    /// <summary>How many texts a reference names now; nothing changes.</summary>
    public async Task<int> CountAsync(ErasureReference reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        return (await FindTextsAsync(connection, reference, cancellationToken)).Count;
    }

    /// <summary>Erases. All or nothing; a second call finds nothing, and says so in an entry of its own.</summary>
    public async Task<ErasureResult> EraseAsync(ErasureReference reference, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var id = await BeginAsync(connection, reference, cancellationToken);                                // 1
        var texts = await LockTextsAsync(connection, reference, cancellationToken);                         // 2
        var touched = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var positions = await BlankAsync(connection, id, texts, touched, cancellationToken);                // 3
        await ExecuteAsync(connection, ErasureStatements.Conclude, cancellationToken,                       // 4
            Value(NpgsqlDbType.Bigint, id), Value(NpgsqlDbType.Text, JsonSerializer.Serialize(touched)));
        await transaction.CommitAsync(cancellationToken);
        return new ErasureResult(id, positions, touched);
    }

    private async Task<long> BeginAsync(
        NpgsqlConnection connection, ErasureReference reference, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection, ErasureStatements.Begin,
            Value(NpgsqlDbType.Text, reference.Type),
            Value(NpgsqlDbType.Text, reference.Kind?.ToWireName()),
            Value(NpgsqlDbType.Text, names.Fingerprint(reference.Type, reference.Value)));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<HashSet<(string Kind, string Id)>> LockTextsAsync(
        NpgsqlConnection connection, ErasureReference reference, CancellationToken cancellationToken)
    {
        for (var locked = new HashSet<(string, string)>(); ;)
        {
            var texts = await FindTextsAsync(connection, reference, cancellationToken);
            if (locked.IsSupersetOf(texts))
            {
                return locked;
            }

            locked.UnionWith(texts);
            await ExecuteAsync(connection, ErasureStatements.LockTexts, cancellationToken, Keys(texts));
        }
    }

    private static async Task<HashSet<(string Kind, string Id)>> FindTextsAsync(
        NpgsqlConnection connection, ErasureReference reference, CancellationToken cancellationToken)
    {
        await using var command = Command(
            connection, ErasureStatements.FindTexts,
            Value(NpgsqlDbType.Text, reference.Kind?.ToWireName()),
            Value(NpgsqlDbType.Text, reference.CustomerRef),
            Value(NpgsqlDbType.Text, reference.ExternalId));
        var texts = new HashSet<(string, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add((reader.GetString(0), reader.GetString(1)));
        }

        return texts;
    }

    private async Task<ImmutableArray<RecordPosition>> BlankAsync(
        NpgsqlConnection connection,
        long id,
        HashSet<(string Kind, string Id)> texts,
        SortedDictionary<string, int> touched,
        CancellationToken cancellationToken)
    {
        var customers = await FindCustomersAsync(connection, texts, cancellationToken);
        var events = await ReturnAsync(connection, ErasureStatements.BlankEvents, Renamed(), cancellationToken);
        touched["scored_events"] = events.Count;
        var withdrawals = await ReturnAsync(connection, ErasureStatements.RenameWithdrawals, Renamed(), cancellationToken);
        touched["withdrawals"] = withdrawals.Count;
        foreach (var (table, sql) in ErasureStatements.Renames)
        {
            touched[table] = await ExecuteAsync(connection, sql, cancellationToken, Renamed());
        }

        var newNames = JsonSerializer.Serialize(
            customers.ToDictionary(customer => customer, customer => names.Of(id, customer)));
        foreach (var (table, sql) in ErasureStatements.Blanks)
        {
            touched[table] = await ExecuteAsync(
                connection, sql, cancellationToken,
                [.. Positions.ToColumns(events).Select(column => new NpgsqlParameter { Value = column }),
                    Value(NpgsqlDbType.Jsonb, newNames)]);
        }

        return [.. events, .. withdrawals];

        NpgsqlParameter[] Renamed() =>
        [
            .. Keys(texts),
            Value(NpgsqlDbType.Array | NpgsqlDbType.Text, texts.Select(text => names.Of(id, text.Id)).ToArray()),
        ];
    }

    private static async Task<List<string>> FindCustomersAsync(
        NpgsqlConnection connection, HashSet<(string Kind, string Id)> texts, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, ErasureStatements.FindCustomers, Keys(texts));
        var customers = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            customers.Add(reader.GetString(0));
        }

        return customers;
    }

    private static async Task<List<RecordPosition>> ReturnAsync(
        NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, sql, parameters);
        var positions = new List<RecordPosition>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            positions.Add(Positions.Read(reader, 0));
        }

        return positions;
    }

    private static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params NpgsqlParameter[] parameters)
    {
        // Nothing is indexed by customer: it may read every month.
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static NpgsqlParameter[] Keys(HashSet<(string Kind, string Id)> texts) =>
    [
        Value(NpgsqlDbType.Array | NpgsqlDbType.Text, texts.Select(text => text.Kind).ToArray()),
        Value(NpgsqlDbType.Array | NpgsqlDbType.Text, texts.Select(text => text.Id).ToArray()),
    ];

    private static NpgsqlParameter Value(NpgsqlDbType type, object? value) =>
        new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };
}
