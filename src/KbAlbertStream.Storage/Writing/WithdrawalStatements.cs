using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Stores withdrawals.</summary>
internal static class WithdrawalStatements
{
    /// <summary>
    /// Inserts the withdrawals that are new, ordered by their key, and returns their positions; the first six parameters
    /// of a statement are <see cref="VersionStatements.Columns(IReadOnlyCollection{Withdrawal})"/>.
    /// </summary>
    public const string Insert =
        """
        INSERT INTO withdrawals (kind, recorded_at, topic, "partition", "offset", external_id)
          SELECT *
          FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[], $6::text[])
                 AS w (kind, recorded_at, topic, part, off, external_id)
          ORDER BY kind, recorded_at, topic COLLATE "C", part, off
          ON CONFLICT (kind, recorded_at, topic, "partition", "offset") DO NOTHING
          RETURNING kind, recorded_at, topic, "partition", "offset", external_id
        """;

    /// <summary>Inserts them. Returns those that were new.</summary>
    public static async Task<ImmutableArray<Withdrawal>> AddAsync(
        NpgsqlConnection connection,
        ImmutableArray<Withdrawal> withdrawals,
        EventWriterOptions options,
        CancellationToken cancellationToken)
    {
        await using var statements = new NpgsqlBatch(connection) { Timeout = options.CommandTimeoutSeconds };
        statements.BatchCommands.Add(Statements.Create(Insert, VersionStatements.Columns(withdrawals)));
        var inserted = new HashSet<RecordPosition>(withdrawals.Length);
        await using var reader = await statements.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            inserted.Add(Positions.Read(reader, 0));
        }

        return OnlyNew(withdrawals, inserted);
    }

    /// <summary>Those whose position was inserted; one that came twice in a batch is one row.</summary>
    public static ImmutableArray<Withdrawal> OnlyNew(
        ImmutableArray<Withdrawal> withdrawals, HashSet<RecordPosition> inserted) =>
        [.. withdrawals.Where(withdrawal => inserted.Remove(Positions.AsStored(withdrawal.Position)))];
}
