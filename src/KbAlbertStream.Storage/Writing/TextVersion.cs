using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;

namespace KbAlbertStream.Storage.Writing;

/// <summary>A version of a text: a scored text, or a withdrawal of it.</summary>
/// <param name="ExternalId">The text; with the kind of the position what its versions share.</param>
/// <param name="Position">Its record, as stored; versions are ordered by it.</param>
/// <param name="IsWithdrawal">True when it takes the text back.</param>
internal sealed record TextVersion(string ExternalId, RecordPosition Position, bool IsWithdrawal)
{
    /// <summary>The newest version of each text, among these.</summary>
    public static ImmutableArray<TextVersion> Newest(
        ImmutableArray<ScoredEvent> events, ImmutableArray<Withdrawal> withdrawals)
    {
        var newest = new Dictionary<(MessageKind, string), TextVersion>(events.Length + withdrawals.Length);
        foreach (var version in All(events, withdrawals))
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

    private static IEnumerable<TextVersion> All(
        ImmutableArray<ScoredEvent> events, ImmutableArray<Withdrawal> withdrawals) =>
        events.Select(scored => new TextVersion(
                scored.Message.ExternalId, Positions.AsStored(scored.Position), IsWithdrawal: false))
            .Concat(withdrawals.Select(withdrawal => new TextVersion(
                withdrawal.ExternalId, Positions.AsStored(withdrawal.Position), IsWithdrawal: true)));
}
