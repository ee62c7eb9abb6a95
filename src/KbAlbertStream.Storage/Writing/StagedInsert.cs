using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>
/// COPY to a temporary table, then insert what is new: COPY itself knows no ON CONFLICT. Writes any batch;
/// <see cref="DirectInsert"/> is the cheaper way for the usual one.
/// </summary>
internal static class StagedInsert
{
    // What a row of the statement below tells of, in its first column.
    private const int IsInserted = 0;
    private const int IsWithdrawn = 1;
    private const int IsAdded = 2;

    // One statement, because versions follow from what is really new: a record that is read again after its text was
    // erased must not bring the identifier back. Everything ordered by its key, so that two workers that write the same
    // records wait for one another and never in a ring. No join: a cached plan thinks of ten rows, and would go through
    // all for each. Only where a text met an earlier version of itself, those that did not are told, and a last row.
    private const string InsertNew =
        $"""
        WITH inserted AS (
          INSERT INTO scored_events ({EventRows.Columns})
          SELECT {EventRows.Columns} FROM staged_events
          ORDER BY kind, recorded_at, topic COLLATE "C", "partition", "offset"
          ON CONFLICT (kind, recorded_at, topic, "partition", "offset") DO NOTHING
          RETURNING kind, recorded_at, topic, "partition", "offset", external_id
        ), withdrawn AS (
          {WithdrawalStatements.Insert}
        ), fresh AS (
          SELECT 0 AS what, * FROM inserted UNION ALL SELECT 1, * FROM withdrawn
        ), newest AS (
          SELECT DISTINCT ON (kind, external_id) * FROM fresh
          ORDER BY kind, external_id, recorded_at DESC, topic COLLATE "C" DESC, "partition" DESC, "offset" DESC
        ), added AS (
          INSERT INTO text_versions (kind, external_id, recorded_at, topic, "partition", "offset", withdrawn)
          SELECT kind, external_id, recorded_at, topic, "partition", "offset", what = 1 FROM newest
          ORDER BY kind, external_id
          ON CONFLICT (kind, external_id) DO NOTHING
          RETURNING kind, external_id
        ), met AS (
          SELECT (SELECT count(*) FROM added) < (SELECT count(*) FROM newest) AS any
        )
        SELECT what, kind, recorded_at, topic, "partition", "offset", NULL AS external_id FROM fresh
        UNION ALL
        SELECT 2, kind, NULL, NULL, NULL, NULL, external_id FROM added WHERE (SELECT met.any FROM met)
        UNION ALL
        SELECT 3, NULL, NULL, NULL, NULL, NULL, NULL FROM met WHERE met.any
        """;

    /// <summary>
    /// Writes texts and withdrawals that have no row yet, inside the caller's transaction, and adds the texts that are
    /// new to the versions.
    /// </summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="batch">What to write.</param>
    /// <param name="options">How to write.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<InsertedBatch> RunAsync(
        NpgsqlConnection connection,
        EventBatch batch,
        EventWriterOptions options,
        CancellationToken cancellationToken)
    {
        if (!batch.Events.IsEmpty)
        {
            await EventCopy.RunAsync(connection, "staged_events", batch.Events, options, cancellationToken);
        }

        await using var statements = new NpgsqlBatch(connection) { Timeout = options.CommandTimeoutSeconds };
        statements.BatchCommands.Add(Statements.Create(InsertNew, VersionStatements.Columns(batch.Withdrawals)));
        var (inserted, withdrawn) = (new HashSet<RecordPosition>(batch.Events.Length), new HashSet<RecordPosition>());
        var added = new HashSet<(MessageKind, string)>();
        var anyMet = false;
        await using (var reader = await statements.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                switch (reader.GetInt32(0))
                {
                    case IsInserted:
                        inserted.Add(Positions.Read(reader, 1));
                        break;
                    case IsWithdrawn:
                        withdrawn.Add(Positions.Read(reader, 1));
                        break;
                    case IsAdded:
                        added.Add((Positions.ReadKind(reader, 1), reader.GetString(6)));
                        break;
                    default:
                        anyMet = true;
                        break;
                }
            }
        }

        // Remove, not Contains: a record that came twice in one batch is one row.
        ImmutableArray<ScoredEvent> events =
            [.. batch.Events.Where(scored => inserted.Remove(Positions.AsStored(scored.Position)))];
        var withdrawals = WithdrawalStatements.OnlyNew(batch.Withdrawals, withdrawn);
        var newest = TextVersion.Newest(events, withdrawals);
        return new InsertedBatch(
            events,
            withdrawals,
            newest,
            anyMet ? [.. newest.Where(version => !added.Contains((version.Position.Kind, version.ExternalId)))] : []);
    }
}
