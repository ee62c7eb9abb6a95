using System.Runtime.InteropServices;

namespace KbAlbertStream.Core.Spikes;

/// <summary>The texts of one series in the last days, in order of event time; the earliest of copies counts.</summary>
/// <param name="copySpan">A text with the story of one that counts, at most this much earlier, is its copy.</param>
internal sealed class RecentTexts(TimeSpan copySpan)
{
    private static readonly TimeSpan OneTick = new(1);

    private readonly List<SeenText> _texts = [];
    private readonly HashSet<string> _ids = [];

    /// <summary>Takes a text in as it is.</summary>
    public void Restore(SeenText text) => Insert(IndexAfter(text.OccurredAt), text);

    /// <summary>
    /// Takes a text in, in place of another version of it, and settles which of its copies counts: the earliest, also
    /// when it comes late.
    /// </summary>
    public void Add(SeenText text)
    {
        if (text.ExternalId is { } id)
        {
            Remove(id);
        }

        var index = IndexAfter(text.OccurredAt);
        var isCopy = IndexOfCounted(text, IndexAfter(text.OccurredAt - copySpan - OneTick), index) >= 0;
        if (!isCopy)
        {
            var end = IndexAfter(text.OccurredAt + copySpan);
            for (var i = IndexOfCounted(text, index, end); i >= 0; i = IndexOfCounted(text, i + 1, end))
            {
                _texts[i] = _texts[i] with { IsCopy = true };
            }
        }

        Insert(index, text with { IsCopy = isCopy });
    }

    /// <summary>Forgets a text, if it is there, and settles its copies anew.</summary>
    public void Remove(string externalId)
    {
        if (!_ids.Remove(externalId))
        {
            return;
        }

        var index = _texts.FindIndex(text => text.ExternalId == externalId);
        var removed = _texts[index];
        _texts.RemoveAt(index);
        if (removed is { IsCopy: false, Story: not null })
        {
            SettleFrom(index, removed.Story);
        }
    }

    /// <summary>Forgets what occurred before.</summary>
    public void ForgetBefore(DateTimeOffset moment)
    {
        var count = IndexAfter(moment - OneTick);
        foreach (var text in _texts.Take(count))
        {
            _ids.Remove(text.ExternalId ?? "");
        }

        _texts.RemoveRange(0, count);
    }

    /// <summary>The texts with <paramref name="after"/> &lt; event time &lt;= <paramref name="until"/>.</summary>
    public ReadOnlySpan<SeenText> Between(DateTimeOffset after, DateTimeOffset until)
    {
        var first = IndexAfter(after);
        return CollectionsMarshal.AsSpan(_texts)[first..Math.Max(first, IndexAfter(until))];
    }

    /// <summary>How many of the texts with <paramref name="after"/> &lt; event time &lt;= <paramref name="until"/> count.</summary>
    public int CountBetween(DateTimeOffset after, DateTimeOffset until)
    {
        var count = 0;
        foreach (var text in Between(after, until))
        {
            count += text.IsCopy ? 0 : 1;
        }

        return count;
    }

    private void Insert(int index, SeenText text)
    {
        _texts.Insert(index, text);
        if (text.ExternalId is { } id)
        {
            _ids.Add(id);
        }
    }

    // From there on the first copy counts that is not within the span of the last counted one.
    private void SettleFrom(int index, string story)
    {
        var last = _texts.Take(index).LastOrDefault(t => !t.IsCopy && t.Story == story)?.OccurredAt;
        for (var i = index; i < _texts.Count; i++)
        {
            if (_texts[i].Story == story)
            {
                var counts = last is null || _texts[i].OccurredAt - last > copySpan;
                _texts[i] = _texts[i] with { IsCopy = !counts };
                last = counts ? _texts[i].OccurredAt : last;
            }
        }
    }

    private int IndexOfCounted(SeenText text, int from, int to)
    {
        if (text.Story is null || from >= to)
        {
            return -1;
        }

        return _texts.FindIndex(from, to - from, other => !other.IsCopy && other.Story == text.Story);
    }

    private int IndexAfter(DateTimeOffset moment)
    {
        var (low, high) = (0, _texts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _texts[middle].OccurredAt <= moment ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
