using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Storage.Retention;

/// <summary>
/// Takes the mentions of a month out of the counts, a chunk a transaction: a worker waits for a chunk and not for a month.
/// A copy in a later month comes to count where the counted one goes, so the counts equal a recount of what is left.
/// </summary>
internal sealed class MentionCleaning(NpgsqlDataSource source, EventWriterOptions options)
{
    private const int Chunk = 1000;

    private const string Keys =
        """
        unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[], $6::text[])
          AS n (kind, recorded_at, topic, part, off, institution_id)
        """;

    private const string Match =
        """
        (m.kind, m.institution_id, m.recorded_at, m.topic, m."partition", m."offset")
          = (n.kind, n.institution_id, n.recorded_at, n.topic, n.part, n.off)
        """;

    private static readonly Dictionary<RecordPosition, DateTimeOffset> NoClocks = [];

    /// <summary>Removes them all and returns how many there were.</summary>
    public async Task<int> RunAsync(EventMonth month, CancellationToken cancellationToken)
    {
        var removed = 0;
        while (await FindAsync(month, cancellationToken) is { Length: > 0 } texts)
        {
            removed += await RemoveAsync(month, texts, cancellationToken);
        }

        return removed;
    }

    /// <summary>The mentions of the next chunk.</summary>
    private async Task<(RecordPosition Position, string InstitutionId)[]> FindAsync(
        EventMonth month, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            SELECT kind, recorded_at, topic, "partition", "offset", institution_id FROM negative_mentions
            WHERE kind = $1 AND recorded_at >= $2 AND recorded_at < $3
            ORDER BY institution_id, recorded_at LIMIT $4
            """);
        command.Parameters.Add(new() { Value = month.Kind.ToWireName() });
        command.Parameters.Add(new() { Value = month.Start });
        command.Parameters.Add(new() { Value = month.End });
        command.Parameters.Add(new() { Value = Chunk });
        var texts = new List<(RecordPosition, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add((Positions.Read(reader, 0), reader.GetString(5)));
        }

        return [.. texts];
    }

    private async Task<int> RemoveAsync(
        EventMonth month, (RecordPosition Position, string InstitutionId)[] texts, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // The writer's order: versions, institutions, mentions. Read anew once both are locked.
        await LockAsync(connection, month, texts, cancellationToken);
        var mentions = await ReadAsync(connection, texts, cancellationToken);
        var gone = mentions.Select(mention => new SupersededMention(
            mention, new TextVersion("", mention.Position, IsWithdrawal: true), LookIsOwed: false)).ToImmutableArray();
        var settled = await MentionLedger.SettleAsync(
            connection, [], new HashSet<RecordPosition>(), gone, options, cancellationToken);

        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var statement in MentionStatements.Apply(settled with { Looks = [], Retractions = [] }, NoClocks))
        {
            batch.BatchCommands.Add(statement);
        }

        batch.BatchCommands.Add(Delete(texts));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return mentions.Count;
    }

    private static async Task LockAsync(
        NpgsqlConnection connection,
        EventMonth month,
        (RecordPosition Position, string InstitutionId)[] texts,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Statements.Create(
            $"""
            SELECT v.kind
            FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::int[], $5::bigint[])
                   AS n (kind, recorded_at, topic, part, off)
            JOIN {month.Table} AS e ON (e.kind, e.recorded_at, e.topic, e."partition", e."offset")
                                     = (n.kind, n.recorded_at, n.topic, n.part, n.off)
            JOIN text_versions AS v ON v.kind = e.kind AND v.external_id = e.external_id
            ORDER BY v.kind, v.external_id
            FOR UPDATE OF v
            """,
            Positions.ToColumns([.. texts.Select(text => text.Position)])));
        batch.BatchCommands.Add(MentionLedger.LockInstitutions(
            texts.Select(text => (text.Position.Kind, text.InstitutionId))));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<NegativeMention>> ReadAsync(
        NpgsqlConnection connection,
        (RecordPosition Position, string InstitutionId)[] texts,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Statements.Create(
            $"""
            SELECT {MentionColumns.Select}
            FROM {Keys} JOIN negative_mentions AS m ON {Match}
            """,
            Columns(texts)));
        var mentions = new List<NegativeMention>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            mentions.Add(MentionColumns.Read(reader));
        }

        return mentions;
    }

    private static NpgsqlBatchCommand Delete((RecordPosition Position, string InstitutionId)[] texts) => Statements.Create(
        $"DELETE FROM negative_mentions AS m USING {Keys} WHERE {Match}", Columns(texts));

    private static object[] Columns((RecordPosition Position, string InstitutionId)[] texts) =>
    [
        .. Positions.ToColumns([.. texts.Select(text => text.Position)]),
        texts.Select(text => text.InstitutionId).ToArray(),
    ];
}
