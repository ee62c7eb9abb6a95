using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>The logits of all evaluation texts.</summary>
internal sealed record BundleLogits(
    SetLogits Risk,
    SetLogits Headlines,
    SetLogits OtherHeadlines,
    SetLogits CutHeadlines,
    SetLogits ReviewsForCut,
    SetLogits Reviews)
{
    /// <summary>Scores everything with a bundle.</summary>
    public static BundleLogits Of(TextScorer scorer, EvaluationTexts texts) => new(
        SetLogits.Of(scorer, texts.Risk.Texts),
        SetLogits.Of(scorer, texts.Headlines.Texts),
        SetLogits.Of(scorer, texts.OtherHeadlines.Texts),
        SetLogits.Of(scorer, texts.CutHeadlines.Texts),
        SetLogits.Of(scorer, texts.ReviewsForCut.Texts),
        SetLogits.Of(scorer, texts.Reviews.Texts));
}
