using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>
/// COPY straight into <c>scored_events</c>: the usual batch has no record that is there already, and then the way over a
/// temporary table costs the server a third of its time for nothing.
/// </summary>
/// <remarks>
/// Rows are locked in the same order as by <see cref="StagedInsert"/>, so writers that take different ways for the same
/// records wait for one another and never in a ring.
/// </remarks>
internal static class DirectInsert
{
    private const string Savepoint = "direct";

    // Only where a text met an earlier version of itself, those that did not are told, and a last row.
    private const string AddVersions =
        """
        WITH added AS (
          INSERT INTO text_versions (kind, external_id, recorded_at, topic, "partition", "offset", withdrawn)
          SELECT kind, external_id, recorded_at, topic, part, off, withdrawn
          FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[], $6::text[], $7::boolean[])
                 AS g (kind, recorded_at, topic, part, off, external_id, withdrawn)
          ORDER BY kind, external_id
          ON CONFLICT (kind, external_id) DO NOTHING
          RETURNING kind, external_id
        ), met AS (
          SELECT (SELECT count(*) FROM added) < cardinality($1) AS any
        )
        SELECT kind, external_id FROM added WHERE (SELECT met.any FROM met)
        UNION ALL
        SELECT NULL, NULL FROM met WHERE met.any
        """;

    /// <summary>
    /// Writes the batch inside the caller's transaction, or nothing when any of its texts has its row already (or comes
    /// twice): null, and the transaction goes on as if this had not been tried.
    /// </summary>
    public static async Task<InsertedBatch?> TryRunAsync(
        NpgsqlTransaction transaction,
        EventBatch batch,
        EventWriterOptions options,
        CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        await transaction.SaveAsync(Savepoint, cancellationToken);
        try
        {
            var ordered = batch.Events.Sort(static (a, b) => KeyOrder.Instance.Compare(a.Position, b.Position));
            await EventCopy.RunAsync(connection, "scored_events", ordered, options, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            await transaction.RollbackAsync(Savepoint, cancellationToken);
            return null;
        }

        var withdrawals = batch.Withdrawals.IsEmpty
            ? batch.Withdrawals
            : await WithdrawalStatements.AddAsync(connection, batch.Withdrawals, options, cancellationToken);
        var newest = TextVersion.Newest(batch.Events, withdrawals);
        return new InsertedBatch(
            batch.Events, withdrawals, newest, await AddVersionsAsync(connection, newest, options, cancellationToken));
    }

    /// <summary>Adds the texts that are new to the versions. Returns those that were there before.</summary>
    private static async Task<ImmutableArray<TextVersion>> AddVersionsAsync(
        NpgsqlConnection connection,
        ImmutableArray<TextVersion> newest,
        EventWriterOptions options,
        CancellationToken cancellationToken)
    {
        await using var statements = new NpgsqlBatch(connection) { Timeout = options.CommandTimeoutSeconds };
        statements.BatchCommands.Add(Statements.Create(AddVersions, VersionStatements.Columns(newest)));
        var added = new HashSet<(MessageKind, string)>();
        var anyMet = false;
        await using var reader = await statements.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            anyMet |= reader.IsDBNull(0);
            if (!reader.IsDBNull(0))
            {
                added.Add((Positions.ReadKind(reader, 0), reader.GetString(1)));
            }
        }

        return anyMet ? [.. newest.Where(version => !added.Contains((version.Position.Kind, version.ExternalId)))] : [];
    }
}
