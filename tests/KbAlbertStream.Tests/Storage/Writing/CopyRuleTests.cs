using CsCheck;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.Tests.Storage.Writing;

public sealed class CopyRuleTests
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(72);
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_copy_counts_and_the_next_after_the_window() =>
        Assert.Equal([0, 73, 146], Counted(CopyRule.Apply([], Copies(146, 0, 72, 73, 145), Window)));

    [Fact]
    public void Copies_of_the_same_moment_count_once_whichever_comes_first()
    {
        var (a, b) = (Copy(1, 0), Copy(2, 0));

        var together = CopyRule.Apply([], [b, a], Window).Single(change => change.Mention.Counted);
        var late = CopyRule.Apply([b with { Counted = true }], [a], Window).ToArray();

        Assert.Equal(1, together.Mention.Position.Offset);
        Assert.Equal([(1L, 1), (2L, -1)], late.Select(change => (change.Mention.Position.Offset, change.Texts)));
    }

    [Fact]
    public void A_stored_copy_that_stays_as_it_is_is_not_written_again()
    {
        var stored = Copy(1, 0) with { Counted = true };

        var change = Assert.Single(CopyRule.Apply([stored], [Copy(2, 5)], Window));

        Assert.True(change.IsNew);
        Assert.Equal(0, change.Texts);
    }

    [Fact]
    public void The_counts_do_not_depend_on_the_order_of_arrival() =>
        Gen.Int[0, 400].Array[1, 20].Select(Gen.Int[1, 6], Gen.Int).Sample((hours, batchSize, seed) =>
        {
            var copies = hours.Select((hour, i) => Copy(i, hour)).ToArray();
            new Random(seed).Shuffle(copies);

            var stored = new Dictionary<long, NegativeMention>();
            var texts = 0;
            foreach (var batch in copies.Chunk(batchSize))
            {
                var since = batch.Min(copy => copy.OccurredAt) - Window;
                var known = stored.Values.Where(copy => copy.OccurredAt >= since).ToArray();
                foreach (var change in CopyRule.Apply(known, batch, Window))
                {
                    texts += change.Texts;
                    stored[change.Mention.Position.Offset] = change.Mention;
                }
            }

            Assert.Equal(Greedy(hours), Counted(stored.Values));
            Assert.Equal(Greedy(hours).Count, texts);
        });

    [Fact]
    public void Copies_that_leave_and_come_back_leave_the_counts_of_those_that_are_there() =>
        Gen.Int[0, 400].Array[1, 20].Select(Gen.Int).Sample((hours, seed) =>
        {
            var random = new Random(seed);
            var stored = new Dictionary<long, NegativeMention>();
            var (texts, next) = (0, 0L);
            for (var step = 0; step < 12; step++)
            {
                var gone = stored.Values.Where(m => m.Current && random.Next(4) == 0).Select(m => m.Position).ToHashSet();
                var arrived = hours.Where(_ => random.Next(4) == 0).Select(hour => Copy(next++, hour)).ToArray();
                if (gone.Count + arrived.Length == 0)
                {
                    continue;
                }

                foreach (var change in CopyRule.Apply(stored.Values.Where(m => m.Current), arrived, Window, gone))
                {
                    texts += change.Texts;
                    stored[change.Mention.Position.Offset] = change.Mention;
                }

                var there = stored.Values.Where(m => m.Current).Select(m => (int)(m.OccurredAt - Start).TotalHours);
                Assert.Equal(Greedy(there), Counted(stored.Values));
                Assert.Equal(stored.Values.Count(m => m.Counted), texts);
                Assert.DoesNotContain(stored.Values, m => m is { Counted: true, Current: false });
            }
        });

    private static List<int> Greedy(IEnumerable<int> hours)
    {
        var counted = new List<int>();
        foreach (var hour in hours.Order())
        {
            if (counted.Count == 0 || hour - counted[^1] > Window.TotalHours)
            {
                counted.Add(hour);
            }
        }

        return counted;
    }

    private static IEnumerable<int> Counted(IEnumerable<MentionChange> changes) =>
        Counted(changes.Select(change => change.Mention));

    private static IEnumerable<int> Counted(IEnumerable<NegativeMention> mentions) =>
        mentions.Where(m => m.Counted).Select(m => (int)(m.OccurredAt - Start).TotalHours).Order();

    private static NegativeMention[] Copies(params int[] hours) => [.. hours.Select((hour, i) => Copy(i, hour))];

    private static NegativeMention Copy(long offset, int hour) => new(
        "kb_bank", new RecordPosition(MessageKind.News, Start, "risk.news.v1", 0, offset), Start.AddHours(hour), 90,
        "연합", "00", null, ["data_breach"], Counted: false);
}
