namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// Settles which texts of a story count: the first, and each that is later than the last counted one by more than a span.
/// </summary>
internal sealed class CopySettling(TextShelf texts, TimeSpan copySpan)
{
    private readonly long _copySpan = copySpan.Ticks;
    private readonly StoryChains _stories = new(texts);
    private readonly List<int> _found = [];

    /// <summary>Takes in a text that can have copies, as it is marked.</summary>
    public void Restore(int place) => _stories.Add(place);

    /// <summary>Takes in and marks a text that can have copies: the earliest counts, also when it comes late.</summary>
    public void Add(int place)
    {
        ref var text = ref texts[place];
        _stories.FindCounted(text.Story, _found);
        text.IsCopy = false;
        foreach (var other in _found)
        {
            var earlier = text.OccurredAt - texts[other].OccurredAt;
            text.IsCopy |= earlier >= 0 && earlier <= _copySpan;
        }

        if (!text.IsCopy)
        {
            foreach (var other in _found)
            {
                var later = texts[other].OccurredAt - text.OccurredAt;
                if (later > 0 && later <= _copySpan)
                {
                    _stories.Mark(other, isCopy: true);
                }
            }
        }

        _stories.Add(place);
    }

    /// <summary>Takes out a text that can have copies; when it counted, others may count in its place.</summary>
    public void Remove(int place)
    {
        _stories.Remove(place);
        if (!texts[place].IsCopy)
        {
            SettleAfter(place);
        }
    }

    // From there on the first copy counts that is not within the span of the last counted one. Thousands of copies are
    // walked through once for each that counts, without being sorted.
    private void SettleAfter(int removed)
    {
        _stories.FindAll(texts[removed].Story, _found);
        var last = long.MinValue;
        foreach (var place in _found)
        {
            if (texts[place].IsCopy)
            {
                continue;
            }

            if (texts[place].IsBefore(texts[removed]))
            {
                last = Math.Max(last, texts[place].OccurredAt);
            }
            else
            {
                _stories.Mark(place, isCopy: true);
            }
        }

        while (FirstThatCounts(removed, last) is var next and not TextShelf.None)
        {
            _stories.Mark(next, isCopy: false);
            last = texts[next].OccurredAt;
        }
    }

    private int FirstThatCounts(int removed, long last)
    {
        var first = TextShelf.None;
        foreach (var place in _found)
        {
            ref var text = ref texts[place];
            if (texts[removed].IsBefore(text)
                && (last == long.MinValue || text.OccurredAt - last > _copySpan)
                && (first == TextShelf.None || text.IsBefore(texts[first])))
            {
                first = place;
            }
        }

        return first;
    }
}
