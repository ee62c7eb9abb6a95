using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Makes the month partitions that a batch needs, before its transaction: DDL must not wait for a commit.</summary>
internal sealed class EventMonths
{
    private readonly HashSet<(MessageKind Kind, int Year, int Month)> _known = [];

    /// <summary>Asks the server for every month that it has not been asked for.</summary>
    public async Task EnsureAsync(
        NpgsqlConnection connection, IEnumerable<ScoredEvent> events, CancellationToken cancellationToken)
    {
        foreach (var position in events.Select(scored => scored.Position))
        {
            var month = position.RecordedAt.UtcDateTime;
            var key = (position.Kind, month.Year, month.Month);
            if (_known.Contains(key))
            {
                continue;
            }

            await using var command = new NpgsqlCommand("SELECT ensure_event_month($1, $2)", connection);
            command.Parameters.Add(new() { Value = position.Kind.ToWireName() });
            command.Parameters.Add(new() { Value = PostgresTime.ToUtc(position.RecordedAt) });
            await command.ExecuteNonQueryAsync(cancellationToken);
            _known.Add(key);
        }
    }

    /// <summary>Forgets what is known: after a failure a month may have been dropped, or the database be another one.</summary>
    public void Forget() => _known.Clear();
}
