using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Tests.Core.Spikes;

public sealed class StoryTests
{
    [Fact]
    public void A_story_is_the_beginning_of_a_sha256_in_every_process()
    {
        // printf abc | sha256sum
        Assert.Equal(new Story(0xba7816bf8f01cfea, 0x414140de5dae2223), Story.Of("abc"));
    }

    [Fact]
    public void A_complaint_is_told_from_another_customers_and_without_a_customer_is_nobodys_repeat()
    {
        Assert.Equal(Story("c1"), Story("c1"));
        Assert.NotEqual(Story("c1"), Story("c2"));
        Assert.Null(Story(null));
        Assert.Null(Story(""));

        static Story? Story(string? customer) => SeenText.StoryOf(MessageKind.Complaint, "abc", customer);
    }

    [Fact]
    public void News_are_told_by_their_text_alone()
    {
        Assert.Equal(Story.Of("abc"), SeenText.StoryOf(MessageKind.News, "abc", "c1"));
    }
}
