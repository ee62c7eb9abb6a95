using System.Diagnostics;
using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Alerts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Runs the spike detector over what the writers stored; of all processes on a database, one evaluates.</summary>
/// <remarks>
/// 1. Get the right to evaluate, or stand by. 2. Load what the last round left. 3. A round: read clock and looks of one
/// moment, evaluate, store everything in the same transaction. 4. Wake the deliverers when an alert is new. 5. Wait for
/// the next looks. A failed round leaves nothing behind: the detector is thrown away and loaded again.
/// </remarks>
internal sealed class SpikeMonitor(
    NpgsqlDataSource source,
    AlertingOptions options,
    SpikeRules rules,
    SinkNames sinks,
    AlertSignals signals,
    AlertingMetrics metrics,
    TimeProvider time,
    ILogger<SpikeMonitor> logger) : BackgroundService
{
    /// <summary>A look takes about a kilobyte: this bounds a round's memory to some tens of megabytes.</summary>
    internal const int MostLooks = 20_000;

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
        var detector = new SpikeDetector(rules, await session.LoadAsync(cancellationToken));                       // 2
        var wallClock = new WallClock(options.FollowWallClock, time);
        metrics.IsEvaluating = true;
        AlertingLog.Evaluates(logger, detector.EvaluatedUntil);
        while (true)
        {
            if (!await RunRoundAsync(session, detector, wallClock, cancellationToken))
            {
                await session.WaitForLooksAsync(options.PollInterval, cancellationToken);                          // 5
            }
        }
    }

    /// <summary>One round (3). True when the next one has work at once.</summary>
    private async Task<bool> RunRoundAsync(
        DetectorSession session, SpikeDetector detector, WallClock wallClock, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var round = await session.BeginRoundAsync(MostLooks, cancellationToken);
        var clock = DetectorClock.Of(round.Partitions);
        var before = detector.EvaluatedUntil;
        var found = RoundEvaluation.Run(detector, clock, wallClock.Read(clock), round.Looks, round.HasAllLooks);
        var outcome = new DetectorOutcome(
            found.Done,
            detector.EvaluatedUntil == before ? null : detector.EvaluatedUntil,
            detector.TakeChangedStates(),
            found.Changes,
            sinks.Names);
        if (outcome.IsEmpty)
        {
            return false;
        }

        var opened = await round.SaveAsync(outcome, cancellationToken);
        if (opened > 0)
        {
            signals.Set();                                                                                         // 4
        }

        Tell(found, round.Looks.Length, Stopwatch.GetElapsedTime(started));
        return found.LeavesMore;
    }

    private void Tell(RoundEvaluation found, int looks, TimeSpan took)
    {
        metrics.RoundDone(found.Done, looks - found.Done.Count, took);
        foreach (var change in found.Changes)
        {
            metrics.AlertChanged(change);
            AlertingLog.AlertChanged(
                logger, change.Type, change.Series, change.Alert.Severity, change.At, change.Alert.OpenedAt);
        }
    }
}
