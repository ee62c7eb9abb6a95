using System.Runtime.CompilerServices;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Tests.Core.Spikes;

public sealed class TextShelfTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly TextShelf _shelf = new();

    [Fact]
    public void A_text_takes_80_bytes() => Assert.Equal(80, Unsafe.SizeOf<RememberedText>());

    [Fact]
    public void A_text_comes_back_as_it_was_but_for_its_clock()
    {
        var text = Text(1);

        Assert.Equal(text with { ClockAt = At }, _shelf.Get(_shelf.Put(text)));
    }

    [Fact]
    public void Texts_that_come_and_go_leave_neither_places_nor_shared_values_behind()
    {
        for (var i = 0; i < 1_000; i++)
        {
            var place = _shelf.Put(Text(i));
            Assert.Equal((0, 0, 0, 0), (place, _shelf[place].Source, _shelf[place].Origin, _shelf[place].Categories));
            _shelf.Remove(place);
        }
    }

    private static SeenText Text(int number) => new(
        new RecordPosition(MessageKind.Complaint, At.AddMilliseconds(7), $"topic {number}", 3, number), "kb_bank", At,
        At.AddHours(1), $"channel {number}", Story.Of($"story {number}"), [$"category {number}"], 0.75f)
    {
        IsCopy = number % 2 == 1,
        ExternalId = $"id {number}",
    };
}
