using System.Runtime.InteropServices;

namespace KbAlbertStream.Core.Spikes;

/// <summary>
/// Counts the windows that end at one moment, in one pass from the latest text back: each holds the shorter ones. What it
/// counts with is kept from call to call, because a busy detector counts thousands of times a second. Not thread-safe.
/// </summary>
internal sealed class WindowTally(SpikeRules rules)
{
    private readonly HashSet<int> _publishers = [];
    private readonly Dictionary<int, int> _lists = [];
    private readonly Dictionary<string, int> _categories = [];
    private int _seen;

    /// <summary>Counts every window of the rules, in their order.</summary>
    public void Count(RecentTexts recent, DateTimeOffset now, Span<WindowCount> counts)
    {
        _publishers.Clear();
        _lists.Clear();
        _seen = 0;
        var texts = recent.Between(now - rules.Windows[^1].Length, now);
        var next = texts.Length - 1;
        for (var i = 0; i < counts.Length; i++)
        {
            var after = (now - rules.Windows[i].Length).UtcTicks;
            for (; next >= 0 && recent[texts[next]].OccurredAt > after; next--)
            {
                Add(recent[texts[next]]);
            }

            counts[i] = new WindowCount(_seen, _publishers.Count, IsSevere(recent));
        }
    }

    private void Add(in RememberedText text)
    {
        _publishers.Add(text.Source);
        if (!text.IsCopy)
        {
            _seen++;
            CollectionsMarshal.GetValueRefOrAddDefault(_lists, text.Categories, out _)++;
        }
    }

    private bool IsSevere(RecentTexts recent)
    {
        // Texts are counted by whole lists of categories, of which there are few, and only the lists are taken apart.
        _categories.Clear();
        foreach (var (list, count) in _lists)
        {
            foreach (var category in recent.CategoriesOf(list))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_categories, category, out _) += count;
            }
        }

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
