using KbAlbertStream.Trainer.Data;

namespace KbAlbertStream.Trainer.Tests.Data;

public sealed class KeptOutTests
{
    [Fact]
    public void The_choice_depends_on_the_title_alone()
    {
        // SHA-256 of these titles, computed elsewhere, starts with these bytes.
        Assert.Equal(0xba7816bfu, KeptOut.HashOf("abc"));
        Assert.Equal(0xba7816bf % 5 == 0, KeptOut.Contains("abc"));
    }

    [Fact]
    public void No_kept_out_headline_is_trained_on_and_a_fifth_is_kept_out()
    {
        var data = SharedData.Require("data");
        var all = PublicText.Headlines(data).Select(headline => headline.Title).ToHashSet();
        var trained = PublicText.TrainingHeadlines(data).Select(headline => headline.Title).ToHashSet();

        Assert.Equal(0.2, 1 - ((double)trained.Count / all.Count), 0.01);
        Assert.Empty(KeptOut.OtherWorlds(data).Select(headline => headline.Title).Intersect(trained));
        Assert.Empty(KeptOut.LabelledHeadlines(data).Select(headline => headline.Title).Intersect(trained));
        Assert.True(KeptOut.OtherWorlds(data).Count() > 4000);
    }
}
