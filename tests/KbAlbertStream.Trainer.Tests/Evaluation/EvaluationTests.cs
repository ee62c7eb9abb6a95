using KbAlbertStream.Trainer.Evaluation;

namespace KbAlbertStream.Trainer.Tests.Evaluation;

public sealed class EvaluationTests
{
    [Fact]
    public void Macro_F1_is_the_mean_of_the_labels_and_micro_F1_counts_all_decisions()
    {
        // Label 0: 1 hit, 1 false alarm (F1 2/3); label 1: 1 miss (F1 0).
        float[][] probabilities = [[0.9f, 0.1f], [0.8f, 0.2f]], targets = [[1, 0], [0, 1]];

        var scores = MultiLabelScores.At(probabilities, targets, 0.5);

        Assert.Equal(1.0 / 3, scores.MacroF1, 1e-9);
        Assert.Equal(new LabelScore(1, 1, 1), scores.Micro);
        Assert.Equal(0.5, scores.Micro.F1, 1e-9);
    }

    [Fact]
    public void A_label_that_nobody_flags_and_nobody_carries_scores_zero_without_dividing_by_it() =>
        Assert.Equal(0, default(LabelScore).F1 + default(LabelScore).Precision + default(LabelScore).Recall);

    [Fact]
    public void Of_equally_good_cuts_the_highest_is_taken() =>
        Assert.Equal(0.6f, CutSearch.Best(cut => cut <= 0.6f ? 1 : 0));

    [Fact]
    public void A_cut_that_is_not_allowed_is_not_taken() =>
        Assert.Equal(0.8f, CutSearch.Best(cut => -cut, cut => cut >= 0.8f), 1e-6f);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_temperature_undoes_a_scaling_of_the_logits(bool multiLabel)
    {
        // Logits whose sigmoid (or softmax against a zero) is the true rate: T = 1. Three times as sharp: T = 3.
        var (logits, targets) = (new List<float[]>(), new List<float[]>());
        foreach (var z in (float[])[-2, -1, 0.5f, 1, 2])
        {
            var p = 1 / (1 + Math.Exp(-z));
            for (var i = 0; i < 1000; i++)
            {
                var hit = i < p * 1000;
                logits.Add(multiLabel ? [3 * z] : [3 * z, 0]);
                targets.Add(multiLabel ? [hit ? 1 : 0] : [hit ? 1 : 0, hit ? 0 : 1]);
            }
        }

        Assert.Equal(3, Temperature.Fit(logits, targets, multiLabel), 0.02);
    }

    [Fact]
    public void Probabilities_that_come_true_have_no_calibration_error_and_certain_nonsense_has_all()
    {
        float[][] right = [[0.5f], [0.5f]], targets = [[1], [0]];

        Assert.Equal(0, Calibration.ExpectedError(right, targets, multiLabel: true), 1e-6);
        Assert.Equal(1, Calibration.ExpectedError([[0f], [1f]], targets, multiLabel: true), 1e-6);
    }

    [Fact]
    public void Likelihood_is_that_of_the_textbook()
    {
        Assert.Equal(Math.Log(2), Calibration.NegativeLogLikelihood([[0f]], [[1f]], multiLabel: true, 1), 1e-9);
        Assert.Equal(Math.Log(3), Calibration.NegativeLogLikelihood([[0f, 0f, 0f]], [[0f, 1f, 0f]], multiLabel: false, 1), 1e-9);
        Assert.Equal(100, Calibration.NegativeLogLikelihood([[200f]], [[0f]], multiLabel: true, 2), 1e-6);
    }

    [Fact]
    public void Balanced_accuracy_is_not_fooled_by_the_frequent_class()
    {
        double[] shares = [0.9, 0.9, 0.9, 0.9];
        bool[] positive = [true, true, true, false];

        Assert.Equal((0.75, 0.5), BinaryTone.Accuracy(shares, positive, 0.5));
    }
}
