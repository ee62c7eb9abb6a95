namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// Counts the windows that end at one moment, in one pass from the latest text back: each holds the shorter ones. What it
/// counts with is kept from call to call, because a busy detector counts thousands of times a second. Not thread-safe.
/// </summary>
internal sealed class WindowTally(SpikeRules rules)
{
    private readonly HashSet<string> _publishers = [];
    private readonly Dictionary<string, int> _categories = [];
    private int _seen;

    /// <summary>Counts every window of the rules, in their order.</summary>
    public void Count(RecentTexts recent, DateTimeOffset now, Span<WindowCount> counts)
    {
        _publishers.Clear();
        _categories.Clear();
        _seen = 0;
        var texts = recent.Between(now - rules.Windows[^1].Length, now);
        var next = texts.Length - 1;
        for (var i = 0; i < counts.Length; i++)
        {
            var after = now - rules.Windows[i].Length;
            for (; next >= 0 && texts[next].OccurredAt > after; next--)
            {
                Add(texts[next]);
            }

            counts[i] = new WindowCount(_seen, _publishers.Count, IsSevere());
        }
    }

    private void Add(SeenText text)
    {
        _publishers.Add(text.Source);
        if (text.IsCopy)
        {
            return;
        }

        _seen++;
        foreach (var category in text.Categories)
        {
            _categories[category] = _categories.GetValueOrDefault(category) + 1;
        }
    }

    private bool IsSevere()
    {
        var (most, severe) = (0, false);
        foreach (var (category, count) in _categories)
        {
            if (count >= most)
            {
                severe = (severe && count == most) || rules.SevereCategories.Contains(category);
                most = count;
            }
        }

        return severe;
    }
}
