using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Storage.Alerts;
using KbAlbertStream.Worker.Alerting;

namespace KbAlbertStream.Tests.Support;

/// <summary>
/// Reads logs of several partitions in some interleaving and some batches, as workers would, and evaluates after each
/// batch as the monitor would.
/// </summary>
internal sealed class LogReplay
{
    private readonly List<List<Record>> _logs;
    private readonly int[] _next;
    private readonly List<PendingLook> _pending = [];
    private long _seq;

    public LogReplay(IEnumerable<IEnumerable<Record>> logs)
    {
        _logs = [.. logs.Select(log => log.ToList())];
        _next = new int[_logs.Count];
    }

    public SpikeDetector Detector { get; set; } = new(SpikeRules.Default, DetectorSnapshot.Empty);

    public List<AlertChange> Changes { get; } = [];

    public bool IsDone => _logs.Select((log, i) => _next[i] == log.Count).All(done => done);

    public IEnumerable<int> Unread => Enumerable.Range(0, _logs.Count).Where(i => _next[i] < _logs[i].Count);

    /// <summary>Reads so many records of a log, then evaluates with at most so many looks a round.</summary>
    public void ReadBatch(int log, int records, int mostLooks = int.MaxValue)
    {
        foreach (var record in _logs[log].Skip(_next[log]).Take(records))
        {
            _next[log]++;
            if (record.Text is { } text)
            {
                _pending.Add(new PendingLook(_seq++, text));
            }
        }

        var clock = DetectorClock.Of(_logs.Select(ProgressOf));
        RoundEvaluation found;
        do
        {
            var looks = _pending.OrderBy(l => l.Text.LogKey).ThenBy(l => l.Text.Entity, StringComparer.Ordinal)
                .Take(mostLooks).ToList();
            found = RoundEvaluation.Run(Detector, clock, clock.Time, looks, looks.Count < mostLooks);
            Changes.AddRange(found.Changes);
            foreach (var done in found.Done)
            {
                _pending.Remove(done);
            }
        }
        while (found.LeavesMore);
    }

    private ReadPartition ProgressOf(List<Record> log, int index)
    {
        var read = log.Take(_next[index]).ToList();
        return new ReadPartition(
            TopicOf(index), index, _next[index], log.Count, read.Count == 0 ? null : read.Max(r => r.OccurredAt));
    }

    public static string TopicOf(int log) => log % 2 == 0 ? "risk.news.v1" : "risk.complaints.v1";

    /// <summary>A record of a log; with a text when it speaks against an institution.</summary>
    public sealed record Record(DateTimeOffset OccurredAt, SeenText? Text);

    /// <summary>The log of one partition: times and institutions as given, in this order; no institution, no text.</summary>
    public static IEnumerable<Record> LogOf(int log, IEnumerable<(DateTimeOffset At, string? Entity, string Story)> records)
    {
        var (offset, clock) = (0L, DateTimeOffset.MinValue);
        foreach (var (at, entity, story) in records)
        {
            clock = at > clock ? at : clock;
            var position = new RecordPosition(
                log % 2 == 0 ? MessageKind.News : MessageKind.Complaint, at, TopicOf(log), log, offset++);
            yield return new Record(at, entity is null
                ? null
                : new SeenText(position, entity, at, clock, $"p{offset % 4}", Story.Of(story), ["consumer_complaint"], 0.8f));
        }
    }
}
