using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Writing;

/// <summary>A version of a text: a scored text, or a withdrawal of it.</summary>
/// <param name="ExternalId">The text; with the kind of the position what its versions share.</param>
/// <param name="Position">Its record, as stored; versions are ordered by it.</param>
/// <param name="IsWithdrawal">True when it takes the text back.</param>
internal sealed record TextVersion(string ExternalId, RecordPosition Position, bool IsWithdrawal)
{
    /// <summary>The newest version that a batch holds of each of its texts.</summary>
    public static ImmutableArray<TextVersion> NewestIn(EventBatch batch)
    {
        var newest = new Dictionary<(MessageKind, string), TextVersion>(batch.Events.Length + batch.Withdrawals.Length);
        foreach (var version in AllIn(batch))
        {
            var text = (version.Position.Kind, version.ExternalId);
            if (!newest.TryGetValue(text, out var other)
                || VersionOrder.Instance.Compare(version.Position, other.Position) > 0)
            {
                newest[text] = version;
            }
        }

        return [.. newest.Values];
    }

    private static IEnumerable<TextVersion> AllIn(EventBatch batch) =>
        batch.Events.Select(scored => new TextVersion(
                scored.Message.ExternalId, Positions.AsStored(scored.Position), IsWithdrawal: false))
            .Concat(batch.Withdrawals.Select(withdrawal => new TextVersion(
                withdrawal.ExternalId, Positions.AsStored(withdrawal.Position), IsWithdrawal: true)));
}
