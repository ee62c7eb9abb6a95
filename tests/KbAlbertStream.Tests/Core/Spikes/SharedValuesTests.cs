using KbAlbertStream.Core.Spikes;

namespace KbAlbertStream.Tests.Core.Spikes;

public sealed class SharedValuesTests
{
    [Fact]
    public void Equal_values_share_a_number_and_others_have_their_own()
    {
        var values = new SharedValues<string>();
        var (a, b) = (values.Take("a"), values.Take("b"));

        Assert.Equal(a, values.Take(new string("a")));
        Assert.NotEqual(a, b);
        Assert.Equal("a", values[a]);
        Assert.Equal("b", values[b]);
    }

    [Fact]
    public void A_value_stays_until_its_last_text_is_gone()
    {
        var values = new SharedValues<string>();
        var a = values.Take("a");
        values.Take("a");

        values.Release(a);
        Assert.Equal("a", values[a]);
        values.Release(a);
        Assert.Equal(0, values.Count);
    }

    [Fact]
    public void Ever_new_sources_of_texts_that_go_again_take_no_more_numbers()
    {
        var values = new SharedValues<string>();
        for (var i = 0; i < 1_000; i++)
        {
            var number = values.Take($"source {i}");
            Assert.Equal(0, number);
            values.Release(number);
        }

        Assert.Equal(0, values.Count);
    }
}
