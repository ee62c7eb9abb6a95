using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Writing;

/// <summary>By how much one row of <c>reputation_rollup</c> changes.</summary>
internal sealed record RollupChange(
    MessageKind Kind, string InstitutionId, string Category, DateTimeOffset Bucket, int Texts)
{
    /// <summary>The category in which every counted text stands once.</summary>
    public const string AllCategories = "all";

    /// <summary>The changes that follow from mentions, one a row, without those that cancel out.</summary>
    public static ImmutableArray<RollupChange> From(IEnumerable<MentionChange> changes) =>
    [
        ..
        from change in changes
        let mention = change.Mention
        from category in mention.Categories.Append(AllCategories).Distinct()
        group change.Texts by
            (mention.Position.Kind, mention.InstitutionId, category, Bucket: PostgresTime.ToBucket(mention.OccurredAt))
            into row
        let texts = row.Sum()
        where texts != 0
        select new RollupChange(row.Key.Kind, row.Key.InstitutionId, row.Key.category, row.Key.Bucket, texts),
    ];
}
