using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Tests.Support;

namespace KbAlbertStream.Trainer.Tests.Data;

public sealed class WordMaskerTests
{
    private readonly WordMasker _masker = new(TinyTexts.Vocabulary);

    [Fact]
    public void Fifteen_percent_of_the_words_are_hidden_and_eighty_percent_of_their_tokens_become_a_mask()
    {
        // Words of one token: ids that are no multiples of 3.
        var random = new Random(3);
        var (hidden, masked, kept, words) = (0, 0, 0, 0);
        for (var text = 0; text < 500; text++)
        {
            int[] ids = [2, .. Enumerable.Range(0, 40).Select(_ => 7 + (3 * random.Next(14))), 3];
            var before = ids.ToArray();

            foreach (var (place, id) in _masker.Hide(ids, random))
            {
                Assert.Equal(before[place], id);
                hidden++;
                masked += ids[place] == TinyTexts.Vocabulary.MaskId ? 1 : 0;
                kept += ids[place] == id ? 1 : 0;
            }

            words += 40;
        }

        Assert.Equal(0.15, (double)hidden / words, 0.001);
        Assert.Equal(0.8, (double)masked / hidden, 0.03);
        Assert.Equal(0.1, (double)kept / hidden, 0.02);
    }

    [Fact]
    public void A_word_is_hidden_whole_and_nothing_else_changes()
    {
        // t7 ##t9 ##t12 | t8 | t10 ##t15
        int[] text = [2, 7, 9, 12, 8, 10, 15, 3];
        for (var seed = 0; seed < 50; seed++)
        {
            var ids = text.ToArray();

            var places = _masker.Hide(ids, new Random(seed)).Select(hidden => hidden.Place).Order().ToArray();

            Assert.Contains(places, (int[][])[[1, 2, 3], [4], [5, 6]]);
            for (var place = 0; place < text.Length; place++)
            {
                Assert.True(places.Contains(place) || ids[place] == text[place]);
            }
        }
    }

    [Fact]
    public void A_text_without_words_stays()
    {
        int[] ids = [2, 3];

        Assert.Empty(_masker.Hide(ids, new Random(1)));

        Assert.Equal([2, 3], ids);
    }
}
