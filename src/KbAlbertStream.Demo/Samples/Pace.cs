namespace KbAlbertStream.Demo.Samples;

/// <summary>
/// Says whose turn it is, so that everyday messages never look like a spike: no institution gets more than two messages
/// of one kind, nor more than one negative, in 24 hours.
/// </summary>
internal sealed class Pace
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly Dictionary<(string Kind, string Institution), List<(DateTimeOffset At, bool Negative)>> _past = [];

    /// <summary>True when a message would keep the pace.</summary>
    public bool Allows(string kind, string institution, DateTimeOffset at, bool negative)
    {
        var recent = Of(kind, institution).Where(message => (at - message.At).Duration() < Day).ToList();
        return recent.Count < 2 && !(negative && recent.Any(message => message.Negative));
    }

    /// <summary>Notes a message.</summary>
    public void Note(string kind, string institution, DateTimeOffset at, bool negative) =>
        Of(kind, institution).Add((at, negative));

    private List<(DateTimeOffset At, bool Negative)> Of(string kind, string institution)
    {
        if (!_past.TryGetValue((kind, institution), out var past))
        {
            _past[(kind, institution)] = past = [];
        }

        return past;
    }
}
