using KbAlbertStream.Trainer.Training;

namespace KbAlbertStream.Trainer.Tests.Training;

public sealed class LearningRateTests
{
    [Fact]
    public void The_rate_of_a_step_is_that_of_Transformers_to_the_last_bit()
    {
        // get_linear_schedule_with_warmup(warm-up 5, 20 steps), peak 0.002.
        double[] expected =
        [
            0.0, 0.0004, 0.0008, 0.0012, 0.0016, 0.002, 0.0018666666666666666, 0.0017333333333333335, 0.0016,
            0.0014666666666666667, 0.0013333333333333333, 0.0012, 0.0010666666666666667, 0.0009333333333333333, 0.0008,
            0.0006666666666666666, 0.0005333333333333334, 0.0004, 0.0002666666666666667, 0.00013333333333333334, 0.0,
        ];

        Assert.Equal(expected, Enumerable.Range(0, 21).Select(step => LearningRate.OfStep(step, 5, 20, 0.002)));
    }

    [Fact]
    public void Without_a_warm_up_the_first_step_has_the_peak() => Assert.Equal(0.002, LearningRate.OfStep(0, 0, 20, 0.002));

    [Fact]
    public void A_run_that_is_all_warm_up_ends_at_nothing() => Assert.Equal(0, LearningRate.OfStep(20, 20, 20, 0.002));
}
