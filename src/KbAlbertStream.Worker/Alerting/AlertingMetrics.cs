using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Storage.Alerts;
using KbAlbertStream.Worker.Telemetry;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Figures of detector and deliveries, on the service's meter.</summary>
internal sealed class AlertingMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _looks;
    private readonly Counter<long> _lateLooks;
    private readonly Counter<long> _alerts;
    private readonly Counter<long> _corrections;
    private readonly Counter<long> _deliveries;
    private readonly Histogram<double> _round;
    private readonly ConcurrentDictionary<SeriesKey, Severity> _open = new();
    private volatile bool _isEvaluating;
    private long _evaluatedUntil;

    public AlertingMetrics(IMeterFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _meter = factory.Create(WorkerMetrics.MeterName);
        _looks = _meter.CreateCounter<long>("kbas.detector.looks", "{text}", "Texts looked at, by kind");
        _lateLooks = _meter.CreateCounter<long>(
            "kbas.detector.late_looks", "{text}", "Texts a day or more behind their partition's clock, by kind");
        _alerts = _meter.CreateCounter<long>("kbas.alerts", "{alert}", "Transitions of alerts, by change, kind, severity");
        _corrections = _meter.CreateCounter<long>(
            "kbas.alert.corrections", "{correction}", "Corrections of alerts whose texts were withdrawn or corrected");
        _deliveries = _meter.CreateCounter<long>("kbas.alert.deliveries", "{delivery}", "Deliveries, by sink and outcome");
        _round = _meter.CreateHistogram<double>("kbas.detector.round", "s", "Seconds of a round that found work");
        _meter.CreateObservableGauge(
            "kbas.alerts.open", ObserveOpen, "{alert}", "Alerts that are open, by kind and severity, where this process evaluates");
        _meter.CreateObservableGauge(
            "kbas.detector.evaluating", () => _isEvaluating ? 1 : 0, "1", "1 while this process is the one that evaluates");
        _meter.CreateObservableGauge(
            "kbas.detector.evaluated_until", () => Interlocked.Read(ref _evaluatedUntil), "s",
            "Event time of the last step evaluated, in seconds since 1970; 0 where another process evaluates");
    }

    /// <summary>Whether this process evaluates.</summary>
    public bool IsEvaluating
    {
        get => _isEvaluating;
        set
        {
            _isEvaluating = value;
            if (!value)
            {
                _open.Clear();
            }
        }
    }

    /// <summary>What was open when this process began to evaluate.</summary>
    public void Loaded(DetectorSnapshot snapshot)
    {
        _open.Clear();
        foreach (var state in snapshot.Series.Where(state => state.Alert is { IsOpen: true }))
        {
            _open[state.Series] = state.Alert!.Severity;
        }
    }

    public void RoundDone(IReadOnlyCollection<PendingLook> done, DateTimeOffset? evaluatedUntil, TimeSpan took)
    {
        foreach (var look in done)
        {
            var late = look.Text.ClockAt - look.Text.OccurredAt > SpikeRules.Default.MaxLateness;
            (late ? _lateLooks : _looks).Add(1, Tag("kind", look.Text.Series.Kind.ToWireName()));
        }

        Interlocked.Exchange(ref _evaluatedUntil, evaluatedUntil?.ToUnixTimeSeconds() ?? 0);
        _round.Record(took.TotalSeconds);
    }

    public void AlertChanged(AlertChange change)
    {
        if (change.Alert.IsOpen)
        {
            _open[change.Series] = change.Alert.Severity;
        }
        else
        {
            _open.TryRemove(change.Series, out _);
        }

        _alerts.Add(
            1,
            Tag("change", change.Type.ToString().ToLowerInvariant()),
            Tag("kind", change.Series.Kind.ToWireName()),
            Tag("severity", NameOf(change.Alert.Severity)));
    }

    public void Corrected(int corrections) => _corrections.Add(corrections);

    public void Delivered(string sink, string outcome) =>
        _deliveries.Add(1, Tag("sink", sink), Tag("outcome", outcome));

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private static string NameOf(Severity severity) => severity.ToString().ToLowerInvariant();

    // Every state has a value, so that a closed alert reads 0 and does not vanish.
    private IEnumerable<Measurement<int>> ObserveOpen() =>
        from kind in Enum.GetValues<MessageKind>()
        from severity in Enum.GetValues<Severity>()
        select new Measurement<int>(
            _open.Count(pair => pair.Key.Kind == kind && pair.Value == severity),
            Tag("kind", kind.ToWireName()), Tag("severity", NameOf(severity)));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
