using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Tests.Core.Spikes;

public sealed class WindowTallyTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Categories = ["it_outage", "data_breach", "misselling", "embezzlement_breach"];

    [Fact]
    public void Every_window_is_what_counting_it_alone_gives()
    {
        var rules = SpikeRules.Default;
        var random = new Random(20261127);
        var (severe, mild) = (0, 0);
        for (var round = 0; round < 300; round++)
        {
            SeenText[] texts = [.. Enumerable.Range(0, random.Next(40)).Select(offset => Text(random, offset))];
            var recent = new RecentTexts(TimeSpan.Zero);
            foreach (var text in texts)
            {
                recent.Restore(text);
            }

            var tally = new WindowTally(rules);
            foreach (var hour in (int[])[30, 11, 30])
            {
                var now = Start.AddHours(hour);
                var counts = new WindowCount[rules.Windows.Length];
                tally.Count(recent, now, counts);
                Assert.Equal(rules.Windows.Select(window => Count(texts, now - window.Length, now, rules)), counts);
                severe += counts.Count(count => count.Severe);
                mild += counts.Count(count => count is { Severe: false, Seen: > 0 });
            }
        }

        Assert.True(severe > 100 && mild > 100);
    }

    // By the definitions of WindowCount, one after the other.
    private static WindowCount Count(SeenText[] texts, DateTimeOffset after, DateTimeOffset until, SpikeRules rules)
    {
        var within = texts.Where(text => text.OccurredAt > after && text.OccurredAt <= until).ToArray();
        var counted = within.Where(text => !text.IsCopy).ToArray();
        var categories = counted.SelectMany(text => text.Categories).CountBy(category => category).ToArray();
        var most = categories.Select(category => category.Value).DefaultIfEmpty().Max();
        return new WindowCount(
            counted.Length,
            within.Select(text => text.Source).Distinct().Count(),
            categories.Any(category => category.Value == most && rules.SevereCategories.Contains(category.Key)));
    }

    // On whole hours, so that some lie exactly on the ends of windows.
    private static SeenText Text(Random random, long offset)
    {
        var at = Start.AddHours(random.Next(31));
        ImmutableArray<string> categories = [.. random.GetItems(Categories, random.Next(3)).Distinct()];
        return new SeenText(
            new RecordPosition(MessageKind.News, at, "news", 0, offset), "kb_bank", at, at, $"publisher {random.Next(5)}",
            null, categories, 0.9f)
        {
            IsCopy = random.Next(4) == 0,
        };
    }
}
