using KbAlbertStream.Trainer.Teaching;

namespace KbAlbertStream.Trainer.Tests.Teaching;

/// <summary>
/// Features, classifier and scale beside scikit-learn 1.2.1: TfidfVectorizer(analyzer='char', ngram_range=(1, 4), min_df=2,
/// sublinear_tf=True), LinearSVC(C=1, tol=1e-9), LogisticRegression(penalty=None).
/// </summary>
public sealed class LinearTextTests
{
    private const string Unknown = "은행 직원 Bank 구속";

    private static readonly string[] Texts =
    [
        "은행 직원이 예금을 빼돌려", "은행 직원 구속 예금 사라져", "앱이 멈춰 송금을 못 했다", "송금이 멈춰 앱을 지웠다", "은행이 상을 받았다 Bank",
        "직원이 상을 받았다 bank bank",
    ];

    [Fact]
    public void Features_are_the_weighted_pieces_that_two_texts_share()
    {
        var features = new CharacterNGrams(Texts);

        var vector = features.Of(Unknown);

        Assert.Equal(81, features.Count);
        Assert.Equal(27, vector.Values.Length);
        Assert.Equal(0.224674f, vector.Values.Max(), 1e-5f);                       // the space, three times
        Assert.Equal(6, vector.Values.Count(value => Math.Abs(value - 0.166970f) < 1e-5f));
        Assert.Equal(20, vector.Values.Count(value => Math.Abs(value - 0.197769f) < 1e-5f));
    }

    [Fact]
    public void A_text_without_a_known_piece_has_no_feature() => Assert.Empty(new CharacterNGrams(Texts).Of("zzz").Features);

    [Fact]
    public void The_classifier_scores_as_the_reference_does()
    {
        var features = new CharacterNGrams(Texts);
        SparseText[] vectors = [.. Texts.Select(features.Of)];

        var weights = LinearSvm.Fit(vectors, [true, true, false, false, false, false], features.Count, new Random(1));

        Assert.Equal(-0.22567f, weights[^1], 1e-2f);
        float[] expected = [0.63909f, 0.73352f, -0.78427f, -0.84513f, -0.83647f, -0.79389f, 0.00237f];
        Assert.All(vectors.Append(features.Of(Unknown)).Zip(expected), pair => Assert.Equal(pair.Second, LinearSvm.Score(weights, pair.First), 1e-2f));
    }

    [Fact]
    public void The_scale_is_the_most_likely_one()
    {
        var scale = ScoreScale.Fit(
        [
            (-2, false), (-1.5f, false), (-1, false), (-0.5f, true), (0, false), (0.5f, true), (1, false), (1.5f, true),
        ]);

        Assert.Equal(1.12254, scale.Slope, 1e-4);
        Assert.Equal(-0.42203, scale.Offset, 1e-4);
        Assert.Equal(1 / (1 + Math.Exp(0.42203)), scale.Of(0), 1e-4);
    }

    [Fact]
    public void Scores_that_part_the_labels_give_a_finite_scale()
    {
        var scale = ScoreScale.Fit([(-1, false), (1, true)]);

        Assert.True(double.IsFinite(scale.Slope) && double.IsFinite(scale.Offset));
        Assert.InRange(scale.Of(1), 0.9f, 1);
    }
}
