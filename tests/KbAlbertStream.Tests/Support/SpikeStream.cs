using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Tests.Support;

/// <summary>Makes texts that speak against institutions, in one partition a kind, and hands them to a detector.</summary>
internal sealed class SpikeStream
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<MessageKind, (long Offset, DateTimeOffset Clock)> _partitions = [];

    /// <summary>Everything that happened, in order.</summary>
    public List<AlertChange> Changes { get; } = [];

    public SpikeDetector Detector { get; set; } = new(SpikeRules.Default, DetectorSnapshot.Empty);

    /// <summary>A text of its own story, by one of three publishers in turn.</summary>
    public SeenText Text(
        double hours,
        string entity = "a",
        string? source = null,
        string? story = null,
        MessageKind kind = MessageKind.News,
        string category = "consumer_complaint")
    {
        var at = Start.AddHours(hours);
        var (offset, clock) = _partitions.GetValueOrDefault(kind);
        clock = at > clock ? at : clock;
        _partitions[kind] = (offset + 1, clock);
        return new SeenText(
            new RecordPosition(kind, at, kind.ToWireName(), 0, offset), entity, at, clock, source ?? $"p{offset % 3}",
            Story.Of(story ?? $"story {offset}"), [category], 0.9f);
    }

    public SpikeStream Look(params SeenText[] texts)
    {
        foreach (var text in texts)
        {
            Changes.AddRange(Detector.Look(text));
        }

        return this;
    }

    /// <summary>Texts at the same distance, the first at <paramref name="from"/> hours.</summary>
    public SpikeStream Every(double hours, double from, double until, string entity = "a", MessageKind kind = MessageKind.News)
    {
        for (var at = from; at < until; at += hours)
        {
            Look(Text(at, entity, kind: kind));
        }

        return this;
    }

    public SpikeStream AdvanceTo(double hours)
    {
        Changes.AddRange(Detector.AdvanceTo(Start.AddHours(hours)));
        return this;
    }

    public IEnumerable<AlertChangeType> Types => Changes.Select(change => change.Type);

    /// <summary>Hours since the start.</summary>
    public static double HoursOf(DateTimeOffset moment) => (moment - Start).TotalHours;
}
