using System.Data;
using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Storage.Writing;
using Npgsql;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>
/// The right to evaluate, held by one process at a time: an advisory lock on a connection of its own. All rounds run on
/// that same connection, so a process that lost the lock cannot commit any more. Needs a session (no transaction
/// pooling in front of the server).
/// </summary>
public sealed class DetectorSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private bool _woken;

    private DetectorSession(NpgsqlConnection connection)
    {
        _connection = connection;

        // The server holds notifications back during a round and sends them with its commit, before anybody waits.
        _connection.Notification += (_, _) => _woken = true;
    }

    /// <summary>A session, or null while another process evaluates this database's schema.</summary>
    public static async Task<DetectorSession?> TryOpenAsync(
        NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var connection = await source.OpenConnectionAsync(cancellationToken);
        var owned = false;
        try
        {
            // LISTEN first: what is written from here on wakes the waiter, what was written before is seen by a round.
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new NpgsqlBatchCommand($"LISTEN {MentionStatements.LooksChannel}"),
                    new NpgsqlBatchCommand(
                        "SELECT pg_try_advisory_lock(hashtext('kbas.spike_detector'), hashtext(current_schema()))"),
                },
            };
            owned = (bool)(await batch.ExecuteScalarAsync(cancellationToken))!;
            return owned ? new DetectorSession(connection) : null;
        }
        finally
        {
            if (!owned)
            {
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>What the last round left behind.</summary>
    public Task<DetectorSnapshot> LoadAsync(CancellationToken cancellationToken) =>
        SnapshotReader.ReadAsync(_connection, cancellationToken);

    /// <summary>Begins a round: one transaction over what is committed now.</summary>
    /// <param name="mostLooks">The most looks to read; the others wait for the next round.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<DetectorRound> BeginRoundAsync(int mostLooks, CancellationToken cancellationToken)
    {
        _woken = false;

        // Progress and looks of one moment: a clock newer than the looks would overtake some.
        var transaction = await _connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        try
        {
            return await DetectorRound.ReadAsync(transaction, mostLooks, cancellationToken);
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Returns when looks were written since the last round began, or after the time. Throws when the connection, and
    /// with it the right to evaluate, is gone.
    /// </summary>
    public async Task WaitForLooksAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (!_woken)
        {
            await _connection.WaitAsync(atMost, cancellationToken);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
