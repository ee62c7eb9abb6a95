using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Finds out which of the new texts count against which institutions.</summary>
internal static class MentionLedger
{
    /// <summary>
    /// What to store for the new texts, inside the caller's transaction. The institutions concerned are locked until
    /// it ends, so two workers with copies of one story cannot both count them.
    /// </summary>
    public static async Task<ImmutableArray<MentionChange>> SettleAsync(
        NpgsqlConnection connection,
        ImmutableArray<ScoredEvent> inserted,
        EventWriterOptions options,
        CancellationToken cancellationToken)
    {
        var arrived = inserted.SelectMany(NegativeMention.In).ToImmutableArray();
        if (arrived.IsEmpty)
        {
            return [];
        }

        var stored = await LockAndReadAsync(connection, arrived, options, cancellationToken);
        return
        [
            .. from mention in arrived
               where mention.Story is null
               select new MentionChange(mention with { Counted = true }, IsNew: true),
            .. from story in ByStory(arrived)
               from change in CopyRule.Apply(stored[story.Key], [.. story], CountingRule.CopyWindow(story.Key.Kind))
               select change,
        ];
    }

    private static async Task<ILookup<StoryKey, NegativeMention>> LockAndReadAsync(
        NpgsqlConnection connection,
        ImmutableArray<NegativeMention> arrived,
        EventWriterOptions options,
        CancellationToken cancellationToken)
    {
        // The read is a statement of its own: its snapshot is taken once the locks are held.
        await using var batch = new NpgsqlBatch(connection) { Timeout = options.CommandTimeoutSeconds };
        batch.BatchCommands.Add(LockInstitutions(arrived));
        batch.BatchCommands.Add(ReadStored(arrived));

        var stored = new List<NegativeMention>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            stored.Add(new NegativeMention(
                reader.GetString(5), Positions.Read(reader, 0), reader.GetFieldValue<DateTimeOffset>(6),
                reader.GetInt32(7), reader.GetString(8), reader.GetString(9),
                await reader.IsDBNullAsync(10, cancellationToken) ? null : reader.GetString(10),
                [.. reader.GetFieldValue<string[]>(11)], reader.GetBoolean(12)));
        }

        return ByStory(stored);
    }

    private static ILookup<StoryKey, NegativeMention> ByStory(IEnumerable<NegativeMention> mentions) =>
        mentions.Where(mention => mention.Story is not null).ToLookup(mention => mention.Story.GetValueOrDefault());

    // In ascending order, so that two workers never wait for one another in a ring.
    private static NpgsqlBatchCommand LockInstitutions(IEnumerable<NegativeMention> arrived) => Statements.Create(
        """
        SELECT pg_advisory_xact_lock(hashtext('kbas.institution'), lock)
        FROM (
          SELECT DISTINCT hashtext(name) AS lock FROM unnest($1::text[]) AS name ORDER BY lock
        ) AS locks
        """,
        arrived.Select(m => $"{m.Position.Kind.ToWireName()}/{m.InstitutionId}").Distinct().ToArray());

    // Asks by story alone and sorts out institutions and customers here: given more columns, a planner without
    // statistics takes the index by institution and reads its whole week for every story.
    private static NpgsqlBatchCommand ReadStored(IEnumerable<NegativeMention> arrived)
    {
        var copyable = arrived.Where(mention => mention.Story is not null).ToArray();
        var since = copyable.Select(m => m.OccurredAt - CountingRule.CopyWindow(m.Position.Kind));
        return Statements.Create(
            """
            SELECT kind, recorded_at, topic, "partition", "offset", institution_id, occurred_at,
                   relevance, source, encode(story_hash, 'hex'), customer_ref, categories, counted
            FROM negative_mentions
            WHERE story_hash = ANY ($1) AND occurred_at >= $2 AND (kind = 'news' OR customer_ref = ANY ($3))
            """,
            copyable.Select(m => m.StoryHash).Distinct().Select(Convert.FromHexString).ToArray(),
            since.DefaultIfEmpty(DateTimeOffset.UnixEpoch).Min(),
            copyable.Select(m => m.CustomerRef).OfType<string>().Distinct().ToArray());
    }
}
