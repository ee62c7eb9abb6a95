using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Finds out what texts that were sent again take the place of.</summary>
internal static class VersionLedger
{
    /// <summary>
    /// Compares given versions with the stored ones, inside the caller's transaction. The texts stay locked until it
    /// ends, so two workers with versions of one text settle one after the other.
    /// </summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="given">The newest version of each text in the batch; the texts are stored already.</param>
    /// <param name="options">How long a statement may take.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<VersionChanges> SettleAsync(
        NpgsqlConnection connection,
        ImmutableArray<TextVersion> given,
        EventWriterOptions options,
        CancellationToken cancellationToken)
    {
        // The mentions are read by a statement of their own: its snapshot is taken once the locks are held.
        await using var batch = new NpgsqlBatch(connection) { Timeout = options.CommandTimeoutSeconds };
        batch.BatchCommands.Add(VersionStatements.Lock(given));
        batch.BatchCommands.Add(VersionStatements.ReadMentions(given));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);

        // A text that was erased meanwhile has no row; then the given version is the newest.
        var moved = given.ToHashSet();
        var outdated = new HashSet<RecordPosition>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var version = given[reader.GetInt32(5) - 1];
            var order = VersionOrder.Instance.Compare(version.Position, Positions.Read(reader, 0));
            if (order <= 0)
            {
                moved.Remove(version);
            }

            if (order < 0)
            {
                outdated.Add(version.Position);
            }
        }

        await reader.NextResultAsync(cancellationToken);
        var superseded = ImmutableArray.CreateBuilder<SupersededMention>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var version = given[reader.GetInt32(MentionColumns.Count) - 1];
            if (moved.Contains(version))
            {
                superseded.Add(new SupersededMention(
                    MentionColumns.Read(reader), version, reader.GetBoolean(MentionColumns.Count + 1)));
            }
        }

        return new VersionChanges(outdated, [.. moved], superseded.ToImmutable());
    }
}
