using System.Diagnostics;
using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Storage.Alerts;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Evaluates round by round within one session. After an exception it must be thrown away and made anew.</summary>
internal sealed class SpikeEvaluator
{
    /// <summary>A look takes about a kilobyte: this bounds a round's memory to some tens of megabytes.</summary>
    private const int MostLooks = 20_000;

    private readonly DetectorSession _session;
    private readonly SpikeDetector _detector;
    private readonly WallClock _wallClock;
    private readonly SinkNames _sinks;
    private readonly AlertSignals _signals;
    private readonly AlertingMetrics _metrics;
    private readonly ILogger _logger;

    private SpikeEvaluator(DetectorSession session, SpikeDetector detector, SpikeEvaluatorFactory from)
    {
        _session = session;
        _detector = detector;
        _wallClock = new WallClock(from.Options.FollowWallClock, from.Time);
        _sinks = from.Sinks;
        _signals = from.Signals;
        _metrics = from.Metrics;
        _logger = from.Logger;
    }

    /// <summary>The last step that was evaluated; null before the first text.</summary>
    public DateTimeOffset? EvaluatedUntil => _detector.EvaluatedUntil;

    /// <summary>Goes on where the last round of any process left off.</summary>
    public static async Task<SpikeEvaluator> LoadAsync(
        DetectorSession session, SpikeEvaluatorFactory from, CancellationToken cancellationToken)
    {
        var snapshot = await session.LoadAsync(cancellationToken);
        from.Metrics.Loaded(snapshot);
        return new SpikeEvaluator(session, new SpikeDetector(from.Rules, snapshot), from);
    }

    /// <summary>
    /// One round: clock and looks of one moment, evaluated and stored with all that follows in one transaction. True
    /// when the next round has work at once.
    /// </summary>
    public async Task<bool> RunRoundAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var round = await _session.BeginRoundAsync(MostLooks, cancellationToken);
        var before = _detector.EvaluatedUntil;
        var found = RoundEvaluation.Run(
            _detector, round.Clock, _wallClock.Read(round.Clock), round.Looks, round.HasAllLooks,
            round.Retractions);
        var outcome = new DetectorOutcome(
            found.Done,
            _detector.EvaluatedUntil == before ? null : _detector.EvaluatedUntil,
            _detector.TakeChangedStates(),
            found.Changes,
            _sinks.Names)
        {
            Retractions = round.Retractions,
        };
        if (!outcome.IsEmpty)
        {
            var saved = await round.SaveAsync(outcome, cancellationToken);
            if (saved.HasNews)
            {
                _signals.Set();
            }

            _metrics.Corrected(saved.Corrections);

            Tell(found, Stopwatch.GetElapsedTime(started));
        }

        return found.LeavesMore;
    }

    private void Tell(RoundEvaluation found, TimeSpan took)
    {
        _metrics.RoundDone(found.Done, _detector.EvaluatedUntil, took);
        foreach (var change in found.Changes)
        {
            _metrics.AlertChanged(change);
            AlertingLog.AlertChanged(
                _logger, change.Type, change.Series, change.Alert.Severity, change.At, change.Alert.OpenedAt);
        }
    }
}
