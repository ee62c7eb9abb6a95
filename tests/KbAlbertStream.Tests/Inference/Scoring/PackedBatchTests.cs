using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Tests.Inference.Scoring;

public sealed class PackedBatchTests
{
    [Fact]
    public void Two_windows_stand_one_after_the_other_without_padding()
    {
        var batch = new PackedBatch();
        batch.Start(PassShape.Exact(9, 9), 81); // an earlier, larger filling must leave no trace
        batch.Add(9, [9, 9, 9, 9, 9, 9, 9], 9);

        batch.Start(PassShape.Exact(texts: 2, longest: 4), tokens: 7);
        batch.Add(2, [7], 3);
        batch.Add(2, [8, 9], 3);

        Assert.Equal([2, 7, 3, 2, 8, 9, 3], batch.Ids.ToArray());
        Assert.Equal([0, 1, 2, 0, 1, 2, 3], batch.Positions.ToArray());
        Assert.Equal([3, 4], batch.Lengths.ToArray());
        Assert.Equal([0, 3], batch.StartRows.ToArray());
        Assert.Equal([0, 1, 2, 0, 3, 4, 5, 6], batch.PaddedRows.ToArray());
        Assert.Equal([0, 1, 2, 4, 5, 6, 7], batch.TokenSlots.ToArray());
    }

    [Fact]
    public void A_shape_may_have_more_places_than_there_are_windows()
    {
        var batch = new PackedBatch();
        batch.Start(PassShape.Exact(3, 5), 15);
        batch.Add(9, [9, 9, 9], 9);

        batch.Start(new PassShape(Texts: 2, Longest: 4), tokens: 3);
        batch.Add(2, [7], 3);

        Assert.Equal(1, batch.Windows);
        Assert.Equal([2, 7, 3], batch.Ids.ToArray());
        Assert.Equal([3, 1], batch.Lengths.ToArray());
        Assert.Equal([0, 0], batch.StartRows.ToArray());
        Assert.Equal([0, 1, 2, 0, 0, 0, 0, 0], batch.PaddedRows.ToArray());
        Assert.Equal([0, 1, 2], batch.TokenSlots.ToArray());
    }
}
