using System.Net.Sockets;
using KbAlbertStream.Storage.Schema;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>Waits at start-up until the database answers and has the schema that this build needs.</summary>
internal sealed class DatabaseGate(
    SchemaMigrator migrator, DatabaseOptions options, Progress progress, TimeProvider time, ILogger<DatabaseGate> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Returns when the schema is there. Says what it waits for, again and again, and never gives up.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            try
            {
                if (await IsReadyAsync(pause, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                progress.WaitFor("schema");
            }
            catch (Exception fault) when (fault is NpgsqlException or SocketException or TimeoutException)
            {
                // Whatever the server says at this point - no such database, wrong password, still starting - somebody
                // can put right while this process waits.
                PipelineLog.DatabaseAway(logger, Retries.CodeOf(fault), DatabaseReason.Of(fault), pause.TotalSeconds);
                progress.WaitFor("database");
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Longer(TimeSpan pause) =>
        TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, Math.Max(options.MaxRetry.Ticks, FirstPause.Ticks)));

    private async Task<bool> IsReadyAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        if (options.MigrateAtStart)
        {
            await migrator.MigrateAsync(cancellationToken).ConfigureAwait(false);
        }

        var state = await migrator.GetStateAsync(cancellationToken).ConfigureAwait(false);
        if (state.IsReady)
        {
            PipelineLog.SchemaReady(logger, state.Version);
            return true;
        }

        PipelineLog.SchemaPending(logger, string.Join(", ", state.Pending), pause.TotalSeconds);
        return false;
    }
}
