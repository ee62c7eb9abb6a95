namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// The detector: a fold over the texts in the order of <see cref="LogKey"/> and over the steps of the clock between
/// them. The same texts in that order give the same changes, however the calls are cut. Not thread-safe.
/// </summary>
/// <remarks>
/// A step comes after every text whose clock stands at or before it. With a flat profile a step can fire nothing that
/// the text before it did not, so steps only close alerts and, at midnight in Korea, learn levels; where no alert is
/// open the detector jumps from midnight to midnight, and years of silence cost little.
/// </remarks>
public sealed class SpikeDetector
{
    /// <summary>
    /// Texts older than this before the last midnight are forgotten: a complaint's repeat is told by the week before it,
    /// and it may be a day late.
    /// </summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(8);

    private readonly SpikeRules _rules;
    private readonly SortedDictionary<SeriesKey, Series> _series = [];
    private readonly SortedDictionary<SeriesKey, Series> _open = [];
    private KeyValuePair<SeriesKey, Series>[]? _openNow;

    /// <summary>A detector that goes on from a snapshot.</summary>
    public SpikeDetector(SpikeRules rules, DetectorSnapshot snapshot)
    {
        _rules = rules;
        EvaluatedUntil = snapshot.EvaluatedUntil;
        foreach (var state in snapshot.Series)
        {
            var series = new Series(rules, state);
            series.TakeState();
            _series.Add(state.Series, series);
            if (series.HasOpenAlert)
            {
                _open.Add(state.Series, series);
            }
        }

        foreach (var text in snapshot.RecentTexts.OrderBy(t => LogKey.Of(t.Position, t.OccurredAt)))
        {
            _series[text.Series].Restore(text);
        }
    }

    /// <summary>The last step that was evaluated; null before the first text.</summary>
    public DateTimeOffset? EvaluatedUntil { get; private set; }

    /// <summary>Texts before this are forgotten by now; null before the first text.</summary>
    public DateTimeOffset? RemembersFrom => EvaluatedUntil is { } until ? RemembersFromAt(until) : null;

    /// <summary>Since when texts are remembered once a step has been evaluated.</summary>
    public static DateTimeOffset RemembersFromAt(DateTimeOffset step) => KoreanDay.StartOf(KoreanDay.Of(step)) - Memory;

    /// <summary>The states that changed since the last call.</summary>
    public IReadOnlyList<SeriesState> TakeChangedStates() =>
        [.. _series.Values.Where(s => s.IsDirty).Select(s => s.TakeState())];

    /// <summary>What the windows that end at a moment say about a series; null for one without texts.</summary>
    public SpikeVerdict? Read(SeriesKey series, DateTimeOffset moment) => _series.GetValueOrDefault(series)?.Read(moment);

    /// <summary>
    /// Evaluates the steps before the text, then looks at it. Texts come in the order of their keys; one that occurred
    /// before <see cref="RemembersFrom"/> is too late to change anything.
    /// </summary>
    public IReadOnlyList<AlertChange> Look(SeenText text)
    {
        EvaluatedUntil ??= LastStepBefore(text.ClockAt);
        var changes = new List<AlertChange>();
        AdvanceTo(text.ClockAt, changes);
        if (text.OccurredAt < RemembersFrom)
        {
            return changes;
        }

        if (!_series.TryGetValue(text.Series, out var series))
        {
            var day = KoreanDay.Of(text.OccurredAt);
            series = new Series(_rules, new SeriesState(text.Series, default, text.OccurredAt, day, null));
            _series.Add(text.Series, series);
        }

        Collect(text.Series, series.Look(text), changes);
        return changes;
    }

    /// <summary>Forgets a text that does not count any more; a text that it does not remember changes nothing.</summary>
    public void Retract(SeriesKey series, string externalId) =>
        _series.GetValueOrDefault(series)?.Retract(externalId);

    /// <summary>Evaluates the steps before <paramref name="clock"/> (a step at the clock itself waits: texts may still share it).</summary>
    public IReadOnlyList<AlertChange> AdvanceTo(DateTimeOffset clock)
    {
        var changes = new List<AlertChange>();
        AdvanceTo(clock, changes);
        return changes;
    }

    private void AdvanceTo(DateTimeOffset clock, List<AlertChange> changes)
    {
        if (EvaluatedUntil is not { } done || clock <= done)
        {
            return;
        }

        var last = LastStepBefore(clock);
        while (done < last)
        {
            var step = done + _rules.Step;
            if (_open.Count == 0)
            {
                var midnight = FirstMidnightFrom(step);
                step = midnight < last ? midnight : last;
            }

            Evaluate(step, changes);
            done = step;
        }

        EvaluatedUntil = done;
    }

    private void Evaluate(DateTimeOffset step, List<AlertChange> changes)
    {
        if (FirstMidnightFrom(step) == step)
        {
            var learnUntil = KoreanDay.Of(step).AddDays(1 - _rules.GuardDays);
            foreach (var series in _series.Values)
            {
                series.Learn(learnUntil, RemembersFromAt(step));
            }
        }

        if (_open.Count == 0)
        {
            return;
        }

        // A copy, because a step may close what it steps through; made anew only when it did: steps are many.
        foreach (var (key, series) in _openNow ??= [.. _open])
        {
            Collect(key, series.Step(step), changes);
        }
    }

    private void Collect(SeriesKey key, AlertChange? change, List<AlertChange> changes)
    {
        if (change is null)
        {
            return;
        }

        changes.Add(change);
        _openNow = null;
        if (change.Alert.IsOpen)
        {
            _open[key] = _series[key];
        }
        else
        {
            _open.Remove(key);
        }
    }

    private DateTimeOffset LastStepBefore(DateTimeOffset moment)
    {
        var ticks = moment.UtcTicks - 1;
        return new DateTimeOffset(ticks - (ticks % _rules.Step.Ticks), TimeSpan.Zero);
    }

    private static DateTimeOffset FirstMidnightFrom(DateTimeOffset moment)
    {
        var today = KoreanDay.StartOf(KoreanDay.Of(moment));
        return today == moment ? today : today.AddDays(1);
    }
}
