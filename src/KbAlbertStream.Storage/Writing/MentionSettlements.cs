using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Finds out what changed mentions mean for the spike detector.</summary>
/// <remarks>
/// A text that is sent again as it was is no news: no look, nothing to forget, and it does not count once more. Only
/// when the earlier one has not been looked at yet, the later one is looked at in its place.
/// </remarks>
internal static class MentionSettlements
{
    /// <summary>The settlement of these changes.</summary>
    public static MentionSettlement Of(
        ImmutableArray<MentionChange> changes, ImmutableArray<SupersededMention> superseded)
    {
        var successors = changes.Where(change => change is { IsNew: true, Mention.Current: true })
            .ToDictionary(change => Key(change.Mention.Position, change.Mention.InstitutionId), change => change.Mention);
        var repeats = new Dictionary<(RecordPosition, string), SupersededMention>();
        var retractions = ImmutableArray.CreateBuilder<Retraction>();
        foreach (var gone in superseded)
        {
            var key = Key(gone.By.Position, gone.Mention.InstitutionId);
            var successor = successors.GetValueOrDefault(key);
            if (successor is not null && gone.IsRepeatedBy(successor))
            {
                repeats.Add(key, gone);
            }
            else
            {
                retractions.Add(new Retraction(gone.Mention.InstitutionId, gone.By, IsReplaced: successor is not null));
            }
        }

        return new MentionSettlement(
            changes,
            [
                .. successors.Where(pair => !repeats.TryGetValue(pair.Key, out var gone) || gone.LookIsOwed)
                    .Select(pair => pair.Value)
                    .Order(MentionOrder.Instance),
            ],
            retractions.ToImmutable(),
            changes.Count(change => change.Texts > 0
                && !repeats.ContainsKey(Key(change.Mention.Position, change.Mention.InstitutionId))));
    }

    private static (RecordPosition By, string InstitutionId) Key(RecordPosition by, string institutionId) =>
        (by, institutionId);
}
