using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Core.Spikes;

public sealed class RecentTextsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly ImmutableArray<ImmutableArray<string>> Categories =
        [[], ["misselling"], ["misselling", "it_outage"]];

    [Theory]
    [InlineData(1, 40)]
    [InlineData(3, 40)]
    [InlineData(40, 10)]
    [InlineData(1, 2)]
    [InlineData(200, 500)]
    public void Whatever_is_taken_in_and_forgotten_they_are_what_a_plain_list_holds(int stories, int ids)
    {
        var (copies, removed, forgotten) = (0, 0, 0);
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random((seed * 1_009) + stories);
            var span = TimeSpan.FromHours(random.Next(3) * 24);
            var (recent, plain) = (new RecentTexts(span), new LinearTexts(span));
            for (var step = 0; step < 300; step++)
            {
                var text = Text(random, step, stories, ids);
                var count = plain.Texts.Count;
                switch (random.Next(20))
                {
                    case 0:
                        var moment = Start.AddHours(random.Next((step / 3) + 1));
                        recent.ForgetBefore(moment);
                        plain.ForgetBefore(moment);
                        forgotten += count - plain.Texts.Count;
                        break;
                    case < 4 when text.ExternalId is { } id:
                        recent.Remove(id);
                        plain.Remove(id);
                        removed += count - plain.Texts.Count;
                        break;
                    case < 6 when plain.Texts.All(other => (other.ExternalId ?? "none") != text.ExternalId):
                        recent.Restore(text with { IsCopy = random.Next(2) == 0 });
                        plain.Restore(recent.TextsBetween(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)
                            .Single(other => other.Position == text.Position));
                        break;
                    default:
                        recent.Add(text);
                        plain.Add(text);
                        break;
                }

                var (after, until) = (Start.AddHours(random.Next(-10, 100)), Start.AddHours(random.Next(-10, 130)));
                Assert.Equal(plain.Between(after, until), recent.TextsBetween(after, until), SameText);
                Assert.Equal(plain.Between(after, until).Count(t => !t.IsCopy), recent.CountBetween(after, until));
            }

            Assert.Equal(
                plain.Texts, recent.TextsBetween(DateTimeOffset.MinValue, DateTimeOffset.MaxValue), SameText);
            copies += plain.Texts.Count(text => text.IsCopy);
        }

        Assert.True(copies > 100 && removed > 100 && forgotten > 100, $"{copies} {removed} {forgotten}");
    }

    // On whole hours, so that some meet; up to two days late; every seventh can be no copy or has no identifier.
    private static SeenText Text(Random random, int offset, int stories, int ids)
    {
        var at = Start.AddHours((offset / 3) - (random.Next(3) == 0 ? random.Next(48) : 0));
        return new SeenText(
            new RecordPosition(MessageKind.News, at.AddMinutes(1), "news", random.Next(3), offset), "kb_bank", at, at,
            $"publisher {random.Next(5)}",
            random.Next(7) == 0 ? null : Story.Of($"story {random.Next(stories)}"),
            Categories[random.Next(3)],
            random.Next(100) / 100f)
        {
            ExternalId = random.Next(7) == 0 ? null : $"id {random.Next(ids)}",
        };
    }

    private static bool SameText(SeenText expected, SeenText actual) =>
        expected.Categories.SequenceEqual(actual.Categories)
        && expected with { Categories = actual.Categories } == actual;
}
