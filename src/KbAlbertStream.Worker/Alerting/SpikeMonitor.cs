using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Alerts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Runs the spike detector over what the writers stored; of all processes on a database, one evaluates.</summary>
/// <remarks>
/// 1. Get the right to evaluate, or stand by. 2. Load what the last round left. 3. Rounds, until nothing is due.
/// 4. Wait for the next looks. A failed round leaves nothing behind: session and detector are thrown away and made anew.
/// </remarks>
internal sealed class SpikeMonitor(
    NpgsqlDataSource source,
    AlertingOptions options,
    SpikeEvaluatorFactory evaluators,
    AlertingMetrics metrics,
    TimeProvider time,
    ILogger<SpikeMonitor> logger) : BackgroundService
{
    // At start-up the schema is often a moment away.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (isStandby, pause) = (false, FirstPause);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var session = await DetectorSession.TryOpenAsync(source, stoppingToken);               // 1
                if (session is not null)
                {
                    (isStandby, pause) = (false, FirstPause);
                    await EvaluateAsync(session, stoppingToken);
                }
                else if (!isStandby)
                {
                    isStandby = true;
                    AlertingLog.StandsBy(logger);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (DatabaseFaults.Classify(fault) == DatabaseFault.Transient)
            {
                AlertingLog.Interrupted(logger, FaultCode.Of(fault), pause.TotalSeconds);
            }
            finally
            {
                metrics.IsEvaluating = false;
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < options.PollInterval ? pause * 2 : options.PollInterval;
        }
    }

    private async Task EvaluateAsync(DetectorSession session, CancellationToken cancellationToken)
    {
        var evaluator = await evaluators.LoadAsync(session, cancellationToken);                                    // 2
        metrics.IsEvaluating = true;
        AlertingLog.Evaluates(logger, evaluator.EvaluatedUntil);
        while (true)
        {
            if (!await evaluator.RunRoundAsync(cancellationToken))                                                 // 3
            {
                await session.WaitForLooksAsync(options.PollInterval, cancellationToken);                          // 4
            }
        }
    }
}
