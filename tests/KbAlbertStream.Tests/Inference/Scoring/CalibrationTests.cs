using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Tests.Inference.Scoring;

public sealed class CalibrationTests
{
    private static readonly BundleHead Single = new()
    {
        Name = "sentiment",
        Kind = HeadKind.Pooled,
        SingleLabel = true,
        Labels = ["a", "b", "c"],
        Temperature = 2,
    };

    private static readonly BundleHead Multi = new()
    {
        Name = "reputation",
        Kind = HeadKind.LabelAttention,
        SingleLabel = false,
        Labels = ["a", "b", "c"],
        Thresholds = [0.5f, 0.6f, 0.5f],
    };

    [Fact]
    public void A_single_label_head_gives_the_softmax_of_logits_over_temperature()
    {
        var scores = Calibration.Scores(Single, [2, 0, -2]);

        // softmax(1, 0, -1)
        Assert.Equal([0.66524094f, 0.24472848f, 0.09003057f], scores.Probabilities, (e, a) => Math.Abs(e - a) < 1e-6f);
        Assert.Equal(["a"], scores.Chosen);
    }

    [Fact]
    public void Large_logits_do_not_overflow() =>
        Assert.Equal([1f, 0f, 0f], Calibration.Probabilities(Single, [5000, 0, -5000]));

    [Fact]
    public void A_multi_label_head_chooses_every_label_at_or_above_its_threshold()
    {
        var scores = Calibration.Scores(Multi, [0, 0.1f, 3]);

        Assert.Equal([0.5f, 0.5249792f, 0.95257413f], scores.Probabilities, (e, a) => Math.Abs(e - a) < 1e-6f);
        Assert.Equal(["a", "c"], scores.Chosen);
    }
}
