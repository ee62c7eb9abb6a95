using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Tests.Inference.Scoring;

public sealed class EvidenceSpanTests
{
    [Fact]
    public void It_is_the_run_of_words_that_adds_most()
    {
        // Words of two characters each add this much; a token a character.
        Assert.Equal("나나 다다 라라", Found("가가 나나 다다 라라 마마", -1, 2, -0.5f, 1, -2));
    }

    [Fact]
    public void Words_that_add_nothing_are_left_out_at_its_ends() =>
        Assert.Equal("나나", Found("가가 나나 다다", 0, 1, 0));

    [Fact]
    public void It_stays_inside_one_sentence() =>
        Assert.Equal("다다 라라", Found("가가 나나. 다다 라라", 1, 1, 1, 2));

    [Fact]
    public void It_has_at_most_80_characters_of_whole_words()
    {
        var words = Enumerable.Repeat("가나다라마바사", 20).ToArray();

        var found = Found(string.Join(' ', words), [.. words.Select(_ => 1f)]);

        Assert.Equal(string.Join(' ', words[..10]), found);
        Assert.Equal(79, found.Length);
    }

    [Fact]
    public void A_word_that_is_longer_is_cut_and_no_surrogate_pair_with_it()
    {
        var word = new string('가', 79) + "\U0001F600" + "나";

        Assert.Equal(new string('가', 79), Found(word, 1));
    }

    [Fact]
    public void Where_all_tokens_speak_against_the_label_the_one_that_does_least_is_shown() =>
        Assert.Equal("나나", Found("가가 나나 다다", -3, -1, -2));

    [Fact]
    public void Words_outside_the_window_are_not_shown()
    {
        const string text = "가가 나나 다다 라라";

        var found = EvidenceSpan.Of(text, 0, new TokenContributions([1, 1, 1], [3, 4, 6]));

        Assert.Equal("나나 다다", text[found]);
    }

    [Fact]
    public void A_text_without_tokens_has_none() =>
        Assert.Equal(0..0, EvidenceSpan.Of("\u200B", 0, new TokenContributions([], [])));

    private static string Found(string text, params float[] adds)
    {
        var (values, starts, word) = (new List<float>(), new List<int>(), -1);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == ' ')
            {
                continue;
            }

            word += i == 0 || text[i - 1] == ' ' ? 1 : 0;
            starts.Add(i);
            values.Add(adds[word] / 2);
        }

        return text[EvidenceSpan.Of(text, 0, new TokenContributions([.. values], [.. starts]))];
    }
}
