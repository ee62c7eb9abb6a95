using KbAlbertStream.Trainer.Data;

namespace KbAlbertStream.Trainer.Tests.Data;

public sealed class BatchStreamTests
{
    private const int Budget = 100;
    private static readonly int[] Lengths = [.. Enumerable.Range(0, 200).Select(i => 3 + ((i * 37) % 50))];

    [Fact]
    public void An_epoch_holds_every_text_once_within_the_budget()
    {
        var stream = new BatchStream("texts", Lengths, Budget, seed: 1);

        var batches = Enumerable.Range(0, stream.Count).Select(_ => stream.Next()).ToList();

        Assert.Equal(Enumerable.Range(0, Lengths.Length), batches.SelectMany(batch => batch).Order());
        Assert.All(batches, batch => Assert.True(batch.Length * batch.Max(text => Lengths[text]) <= Budget));
    }

    [Fact]
    public void A_stream_goes_on_from_any_place()
    {
        var stream = new BatchStream("texts", Lengths, Budget, seed: 1);
        for (var i = 0; i < stream.Count + 5; i++)
        {
            stream.Next();
        }

        var resumed = new BatchStream("texts", Lengths, Budget, seed: 1, stream.Place);

        Assert.Equal(new BatchPlace(1, 5), stream.Place);
        Assert.Equal(stream.Next(), resumed.Next());
    }

    [Fact]
    public void A_text_longer_than_the_budget_is_a_batch_of_its_own() =>
        Assert.Equal([0], new BatchStream("texts", [Budget + 1], Budget, seed: 1).Next());
}
