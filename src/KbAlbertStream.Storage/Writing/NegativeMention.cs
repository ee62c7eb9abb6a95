using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;

namespace KbAlbertStream.Storage.Writing;

/// <summary>A text that speaks against an institution: a row of <c>negative_mentions</c>.</summary>
/// <param name="Counted">True when it is in the rollups; false for a copy of one that is.</param>
internal sealed record NegativeMention(
    string InstitutionId,
    RecordPosition Position,
    DateTimeOffset OccurredAt,
    int Relevance,
    string Source,
    string StoryHash,
    string? CustomerRef,
    ImmutableArray<string> Categories,
    bool Counted)
{
    /// <summary>False when a newer version of the text, or a withdrawal, took its place.</summary>
    public bool Current { get; init; } = true;

    /// <summary>
    /// What exact copies share; null for a complaint without a customer, which is nobody's repeat.
    /// </summary>
    public StoryKey? Story => Position.Kind == MessageKind.News
        ? new StoryKey(Position.Kind, InstitutionId, StoryHash, "")
        : string.IsNullOrEmpty(CustomerRef) ? null : new StoryKey(Position.Kind, InstitutionId, StoryHash, CustomerRef);

    /// <summary>The mentions in a text, none of them counted yet.</summary>
    public static IEnumerable<NegativeMention> In(ScoredEvent scored)
    {
        var (position, message) = (Positions.AsStored(scored.Position), scored.Message);
        return
            from institution in scored.Institutions.DistinctBy(i => i.Id)
            where CountingRule.Counts(position.Kind, institution.Relevance, scored.Scores.NegativeReputation)
            select new NegativeMention(
                institution.Id, position, PostgresTime.ToUtc(message.OccurredAt), institution.Relevance,
                message.Source, message.StoryHash, message.CustomerRef, scored.Scores.Reputation.Chosen, Counted: false);
    }
}
