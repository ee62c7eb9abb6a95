using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>
/// Finds out which of the new texts count against which institutions, and what the versions that they take the place of
/// give back.
/// </summary>
internal static class MentionLedger
{
    /// <summary>
    /// What to store for the new texts, inside the caller's transaction. The institutions concerned are locked until
    /// it ends, so two workers with copies of one story cannot both count them.
    /// </summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="inserted">The texts that are new, in all their versions.</param>
    /// <param name="current">Which positions hold the newest version of their text.</param>
    /// <param name="superseded">Stored mentions that have a newer version now.</param>
    /// <param name="options">How long a statement may take.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<MentionSettlement> SettleAsync(
        NpgsqlConnection connection,
        ImmutableArray<ScoredEvent> inserted,
        IReadOnlySet<RecordPosition> current,
        ImmutableArray<SupersededMention> superseded,
        EventWriterOptions options,
        CancellationToken cancellationToken)
    {
        var byVersion = inserted.SelectMany(NegativeMention.In).ToLookup(mention => current.Contains(mention.Position));
        var arrived = byVersion[true].ToImmutableArray();
        var changes = byVersion[false].Select(older => new MentionChange(older with { Current = false }, IsNew: true));
        NegativeMention[] touched = [.. arrived, .. superseded.Select(s => s.Mention)];
        if (touched.Length > 0)
        {
            var stored = await LockAndReadAsync(connection, touched, options, cancellationToken);
            changes = changes.Concat(Single(arrived, superseded)).Concat(Copies(stored, arrived, superseded));
        }

        return MentionSettlements.Of([.. changes], superseded);
    }

    // What is nobody's repeat counts while it is current.
    private static IEnumerable<MentionChange> Single(
        ImmutableArray<NegativeMention> arrived, ImmutableArray<SupersededMention> superseded) =>
        arrived.Where(mention => mention.Story is null)
            .Select(mention => new MentionChange(mention with { Counted = true }, IsNew: true))
            .Concat(superseded.Select(s => s.Mention).Where(mention => mention.Story is null)
                .Select(mention => new MentionChange(
                    mention with { Counted = false, Current = false }, IsNew: false, WasCounted: mention.Counted)));

    private static IEnumerable<MentionChange> Copies(
        ILookup<StoryKey, NegativeMention> stored,
        ImmutableArray<NegativeMention> arrived,
        ImmutableArray<SupersededMention> superseded)
    {
        var arrivedByStory = ByStory(arrived);
        var goneByStory = ByStory(superseded.Select(s => s.Mention));
        return
            from story in arrivedByStory.Concat(goneByStory).Select(copies => copies.Key).Distinct()
            from change in CopyRule.Apply(
                stored[story],
                [.. arrivedByStory[story]],
                CountingRule.CopyWindow(story.Kind),
                goneByStory[story].Select(mention => mention.Position).ToHashSet())
            select change;
    }

    private static async Task<ILookup<StoryKey, NegativeMention>> LockAndReadAsync(
        NpgsqlConnection connection,
        NegativeMention[] touched,
        EventWriterOptions options,
        CancellationToken cancellationToken)
    {
        // The read is a statement of its own: its snapshot is taken once the locks are held.
        await using var batch = new NpgsqlBatch(connection) { Timeout = options.CommandTimeoutSeconds };
        batch.BatchCommands.Add(LockInstitutions(touched.Select(m => (m.Position.Kind, m.InstitutionId))));
        batch.BatchCommands.Add(ReadStored(touched));

        var stored = new List<NegativeMention>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            stored.Add(MentionColumns.Read(reader));
        }

        return ByStory(stored);
    }

    private static ILookup<StoryKey, NegativeMention> ByStory(IEnumerable<NegativeMention> mentions) =>
        mentions.Where(mention => mention.Story is not null).ToLookup(mention => mention.Story.GetValueOrDefault());

    /// <summary>Locks institutions until the transaction ends.</summary>
    // In ascending order, so that two workers never wait for one another in a ring.
    public static NpgsqlBatchCommand LockInstitutions(
        IEnumerable<(MessageKind Kind, string InstitutionId)> institutions) => Statements.Create(
        """
        SELECT pg_advisory_xact_lock(hashtext('kbas.institution'), lock)
        FROM (
          SELECT DISTINCT hashtext(name) AS lock FROM unnest($1::text[]) AS name ORDER BY lock
        ) AS locks
        """,
        institutions.Select(i => $"{i.Kind.ToWireName()}/{i.InstitutionId}").Distinct().ToArray());

    // Asks by story alone and sorts out institutions and customers here: given more columns, a planner without
    // statistics takes the index by institution and reads its whole week for every story.
    private static NpgsqlBatchCommand ReadStored(IEnumerable<NegativeMention> touched)
    {
        var copyable = touched.Where(mention => mention.Story is not null).ToArray();
        var since = copyable.Select(m => m.OccurredAt - CountingRule.CopyWindow(m.Position.Kind));
        return Statements.Create(
            $"""
            SELECT {MentionColumns.Select}
            FROM negative_mentions AS m
            WHERE m.story_hash = ANY ($1) AND m.occurred_at >= $2 AND (m.kind = 'news' OR m.customer_ref = ANY ($3))
              AND m.current
            """,
            copyable.Select(m => m.StoryHash).Distinct().Select(Convert.FromHexString).ToArray(),
            since.DefaultIfEmpty(DateTimeOffset.UnixEpoch).Min(),
            copyable.Select(m => m.CustomerRef).OfType<string>().Distinct().ToArray());
    }
}
