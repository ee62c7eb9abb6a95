using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;

namespace KbAlbertStream.Core.Spikes;

/// <summary>One institution and kind: its recent texts, its level and the life of its alert.</summary>
internal sealed class Series
{
    private const int MaxEvidence = 5;

    private readonly SpikeRules _rules;
    private readonly SeriesKey _key;
    private readonly RecentTexts _texts;
    private readonly WindowTally _tally;
    private readonly DateTimeOffset _observedSince;
    private readonly int _minPublishers;

    private Level _level;
    private DateOnly _learnedUntil;
    private AlertState? _alert;

    public Series(SpikeRules rules, SeriesState state)
    {
        _rules = rules;
        _key = state.Series;
        _tally = new WindowTally(rules);
        _observedSince = state.ObservedSince;
        _texts = new RecentTexts(CountingRule.CopyWindow(state.Series.Kind));
        _minPublishers = state.Series.Kind == MessageKind.News ? rules.MinPublishers : 0;
        _level = state.Level;
        _learnedUntil = state.LearnedUntil;
        _alert = state.Alert;
    }

    public bool HasOpenAlert => _alert is { IsOpen: true };

    /// <summary>Changed since <see cref="TakeState"/> was last called.</summary>
    public bool IsDirty { get; private set; } = true;

    public SeriesState TakeState()
    {
        IsDirty = false;
        return new SeriesState(_key, _level, _observedSince, _learnedUntil, _alert);
    }

    public void Restore(SeenText text) => _texts.Restore(text);

    /// <summary>The windows that end now.</summary>
    public SpikeVerdict Read(DateTimeOffset now)
    {
        Span<WindowCount> counts = stackalloc WindowCount[_rules.Windows.Length];
        _tally.Count(_texts, now, counts);
        return SpikeTest.Evaluate(_rules, _level, counts, _minPublishers, now - _observedSince < _rules.ColdStart);
    }

    /// <summary>Takes a text in and looks at the windows that it lies in the end of.</summary>
    public AlertChange? Look(SeenText text)
    {
        // Moments of later texts whose windows this one, late, completes.
        var later = _texts.MomentsBetween(text.OccurredAt, text.OccurredAt + _rules.Windows[^1].Length);
        _texts.Add(text);
        if (text.ClockAt - text.OccurredAt > _rules.MaxLateness)
        {
            return null;
        }

        if (LookAt(text.OccurredAt) is { } change)
        {
            return change;
        }

        foreach (var moment in later)
        {
            if (LookAt(moment) is { } laterChange)
            {
                return laterChange;
            }
        }

        return null;
    }

    /// <summary>
    /// Forgets a text that was withdrawn or has a newer version. That raises nothing: a copy that counts in its place
    /// was known before. An open alert closes when what is left has been calm for long enough.
    /// </summary>
    public void Retract(string externalId) => _texts.Remove(externalId);

    /// <summary>One step of the clock: an open alert calms down or closes.</summary>
    public AlertChange? Step(DateTimeOffset step)
    {
        if (_alert is not { IsOpen: true } alert || step < alert.OpenedAt)
        {
            return null;
        }

        // The longest window decides alone, and its count needs neither publishers nor categories: steps are many.
        var longest = _rules.Windows[^1];
        var seen = _texts.CountBetween(step - longest.Length, step);
        var isCalm = SpikeTest.UpperTail(_rules, _level, longest, seen) > _rules.CalmAbove;
        var calmSince = isCalm ? alert.CalmSince ?? step : (DateTimeOffset?)null;
        if (calmSince is { } since && step - since >= _rules.CloseAfter)
        {
            Set(alert with { CalmSince = since, ClosedAt = step });
            return Change(AlertChangeType.Closed, step, Read(step));
        }

        Set(alert with { CalmSince = calmSince });
        return null;
    }

    /// <summary>Learns the days before <paramref name="until"/> and forgets texts before <paramref name="forgetBefore"/>.</summary>
    public void Learn(DateOnly until, DateTimeOffset forgetBefore)
    {
        for (; _learnedUntil < until; _learnedUntil = _learnedUntil.AddDays(1))
        {
            var start = KoreanDay.StartOf(_learnedUntil);
            _level = _level.Learn(_texts.CountBetween(start.AddTicks(-1), start.AddDays(1).AddTicks(-1)), _rules);
            IsDirty = true;
        }

        _texts.ForgetBefore(forgetBefore);
    }

    private AlertChange? LookAt(DateTimeOffset moment)
    {
        // What a closed alert covered was told already.
        if (_alert?.ClosedAt is { } closedAt && moment <= closedAt)
        {
            return null;
        }

        var verdict = Read(moment);
        if (_alert is { IsOpen: true } open)
        {
            return Raise(open, moment, verdict);
        }

        if (verdict.Deciding is not { } deciding)
        {
            return null;
        }

        if (_alert is { ClosedAt: { } closed } last && moment - closed <= _rules.CoolDown)
        {
            Set(last with { ClosedAt = null, CalmSince = null, Severity = Highest(last, verdict) });
            return Change(AlertChangeType.Reopened, moment, verdict);
        }

        Set(new AlertState(moment, verdict.Severity, deciding.Seen, null, null));
        return Change(AlertChangeType.Opened, moment, verdict);
    }

    private AlertChange? Raise(AlertState open, DateTimeOffset moment, SpikeVerdict verdict)
    {
        if (open.CalmSince is not null && verdict.Longest.P <= _rules.CalmAbove)
        {
            Set(open = open with { CalmSince = null });
        }

        if (verdict.Deciding is not { } deciding
            || (verdict.Severity <= open.Severity && deciding.Seen < 2 * open.RaisedSeen))
        {
            return null;
        }

        Set(open with { Severity = Highest(open, verdict), RaisedSeen = Math.Max(deciding.Seen, open.RaisedSeen) });
        return Change(AlertChangeType.Raised, moment, verdict);
    }

    private static Severity Highest(AlertState alert, SpikeVerdict verdict) =>
        verdict.Severity > alert.Severity ? verdict.Severity : alert.Severity;

    private AlertChange Change(AlertChangeType type, DateTimeOffset at, SpikeVerdict verdict)
    {
        if (verdict.Deciding is not { } deciding)
        {
            return new AlertChange(type, _key, at, _alert!, verdict, _level, []);
        }

        var texts = _texts.TextsBetween(at - TimeSpan.FromHours(deciding.Hours), at);
        return new AlertChange(
            type, _key, at, _alert!, verdict, _level, WindowContent.Strongest(texts, MaxEvidence))
        {
            CountedIds = type == AlertChangeType.Opened ? WindowContent.CountedIds(texts) : [],
        };
    }

    private void Set(AlertState alert)
    {
        if (alert != _alert)
        {
            _alert = alert;
            IsDirty = true;
        }
    }
}
