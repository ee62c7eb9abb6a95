using CsCheck;
using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Tests.Inference.Scoring;

public sealed class TokenPackerTests
{
    [Fact]
    public void Every_window_is_in_one_batch_and_no_batch_exceeds_its_budget() => Gen.Select(
            Gen.Int[2, 512].Array[0, 200], Gen.Int[1, 4096], Gen.Long[1, 1 << 20])
        .Sample((lengths, tokens, cells) =>
        {
            var batches = TokenPacker.Cut(lengths, new PackingBudget(tokens, cells));

            Assert.Equal(Enumerable.Range(0, lengths.Length), batches.SelectMany(batch => batch).Order());
            foreach (var batch in batches.Where(batch => batch.Length > 1))
            {
                var longest = (long)batch.Max(i => lengths[i]);
                Assert.True(batch.Sum(i => lengths[i]) <= tokens);
                Assert.True(batch.Length * longest * longest <= cells);
                Assert.True(batch.Min(i => lengths[i]) * 2 >= longest);
            }
        });

    [Fact]
    public void A_window_beyond_the_budget_goes_alone() => Assert.Equal(
        [[1], [0, 2]], TokenPacker.Cut([10, 512, 10], new PackingBudget(20, 1000)));

    [Fact]
    public void The_token_budget_cuts() => Assert.Equal(
        [[0, 1], [2]], TokenPacker.Cut([10, 10, 10], new PackingBudget(29, long.MaxValue)));

    [Fact]
    public void The_budget_of_attention_cuts() => Assert.Equal(
        [[0, 1], [2]], TokenPacker.Cut([10, 10, 10], new PackingBudget(int.MaxValue, 299)));

    [Fact]
    public void A_window_of_less_than_half_the_longest_starts_a_batch() => Assert.Equal(
        [[0, 2], [1]], TokenPacker.Cut([100, 49, 50], PackingBudget.Cpu));

    [Fact]
    public void Windows_of_like_length_stand_together_and_equal_ones_keep_their_order() => Assert.Equal(
        [[1, 3], [0, 2]], TokenPacker.Cut([5, 50, 5, 50], new PackingBudget(100, long.MaxValue)));
}
