using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Stores mentions and tells the spike detector where to look.</summary>
internal static class MentionStatements
{
    /// <summary>The channel that is notified when looks or retractions were added; the payload is empty.</summary>
    public const string LooksChannel = "kbas_looks";

    // Labels are names from a manifest; this character is in none, and arrays of arrays must be rectangular.
    private const char Separator = '\u001f';

    /// <summary>Everything that follows from a settlement: mentions, rollups, looks, retractions and the waking call.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Apply(
        MentionSettlement settled, IReadOnlyDictionary<RecordPosition, DateTimeOffset> clocks)
    {
        if (!settled.Changes.IsEmpty)
        {
            yield return Store(settled.Changes);
        }

        foreach (var statement in RollupStatements.Apply(RollupChange.From(settled.Changes)))
        {
            yield return statement;
        }

        if (!settled.Looks.IsEmpty)
        {
            yield return AddLooks(settled.Looks, clocks);
        }

        if (!settled.Retractions.IsEmpty)
        {
            yield return VersionStatements.AddRetractions(settled.Retractions);
        }

        if (!settled.Looks.IsEmpty || !settled.Retractions.IsEmpty)
        {
            yield return Notify();
        }
    }

    /// <summary>Inserts new mentions and turns <c>counted</c> and <c>current</c> of stored ones.</summary>
    private static NpgsqlBatchCommand Store(ImmutableArray<MentionChange> changes)
    {
        var mentions = changes.Select(change => change.Mention).ToArray();
        return Statements.Create(
            """
            INSERT INTO negative_mentions (
              kind, institution_id, recorded_at, topic, "partition", "offset",
              occurred_at, relevance, source, story_hash, customer_ref, categories, counted, current)
            SELECT kind, institution_id, recorded_at, topic, part, off,
                   occurred_at, relevance, source, story_hash, customer_ref, string_to_array(labels, chr(31)), counted, current
            FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::int[], $6::bigint[],
                        $7::timestamptz[], $8::int[], $9::text[], $10::bytea[], $11::text[], $12::text[], $13::boolean[],
                        $14::boolean[])
                   AS m (kind, institution_id, recorded_at, topic, part, off,
                         occurred_at, relevance, source, story_hash, customer_ref, labels, counted, current)
            ORDER BY kind, institution_id, recorded_at, topic, part, off
            ON CONFLICT (kind, institution_id, recorded_at, topic, "partition", "offset")
              DO UPDATE SET counted = excluded.counted, current = excluded.current
            """,
            mentions.Select(m => m.Position.Kind.ToWireName()).ToArray(),
            mentions.Select(m => m.InstitutionId).ToArray(),
            mentions.Select(m => m.Position.RecordedAt).ToArray(),
            mentions.Select(m => m.Position.Topic).ToArray(),
            mentions.Select(m => m.Position.Partition).ToArray(),
            mentions.Select(m => m.Position.Offset).ToArray(),
            mentions.Select(m => m.OccurredAt).ToArray(),
            mentions.Select(m => m.Relevance).ToArray(),
            mentions.Select(m => m.Source).ToArray(),
            mentions.Select(m => Convert.FromHexString(m.StoryHash)).ToArray(),
            mentions.Select(m => m.CustomerRef).ToArray(),
            mentions.Select(m => string.Join(Separator, m.Categories)).ToArray(),
            mentions.Select(m => m.Counted).ToArray(),
            mentions.Select(m => m.Current).ToArray());
    }

    /// <summary>
    /// Adds a look for every new mention, in their order. A batch knows its partition's clock from its first record
    /// on; what came before it is in the progress, which this statement must read before it moves.
    /// </summary>
    private static NpgsqlBatchCommand AddLooks(
        ImmutableArray<NegativeMention> mentions, IReadOnlyDictionary<RecordPosition, DateTimeOffset> clocks) =>
        Statements.Create(
            """
            INSERT INTO pending_looks (
              kind, institution_id, occurred_at, recorded_at, topic, "partition", "offset", clock_at)
            SELECT m.kind, institution_id, occurred_at, recorded_at, m.topic, part, off,
                   greatest(clock_at, p.max_occurred_at)
            FROM unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::int[],
                        $7::bigint[], $8::timestamptz[])
                   WITH ORDINALITY
                   AS m (kind, institution_id, occurred_at, recorded_at, topic, part, off, clock_at, place)
            LEFT JOIN partition_progress AS p ON p.topic = m.topic AND p."partition" = part
            ORDER BY place
            """,
            mentions.Select(m => m.Position.Kind.ToWireName()).ToArray(),
            mentions.Select(m => m.InstitutionId).ToArray(),
            mentions.Select(m => m.OccurredAt).ToArray(),
            mentions.Select(m => m.Position.RecordedAt).ToArray(),
            mentions.Select(m => m.Position.Topic).ToArray(),
            mentions.Select(m => m.Position.Partition).ToArray(),
            mentions.Select(m => m.Position.Offset).ToArray(),
            mentions.Select(m => clocks[m.Position]).ToArray());

    /// <summary>Wakes the spike detector once the transaction has committed.</summary>
    private static NpgsqlBatchCommand Notify() => Statements.Create("SELECT pg_notify($1, '')", LooksChannel);
}
