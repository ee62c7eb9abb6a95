using System.Collections.Immutable;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Trainer.Data;

namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>The texts that a bundle is measured on; none was trained on.</summary>
internal sealed class EvaluationTexts
{
    private const int ReportedOtherHeadlines = 2_000;

    /// <param name="data">The data folder.</param>
    /// <param name="labels">The heads.</param>
    public EvaluationTexts(string data, LabelSet labels)
    {
        var preparer = new TextPreparer();
        EvaluationSet Of(IEnumerable<LabelledText> texts)
        {
            var list = texts.ToList();
            return new EvaluationSet(
                [.. list.Select(text => preparer.Prepare(text.Title, text.Text))], [.. list.Select(text => text.Targets)]);
        }

        var other = KeptOut.OtherWorlds(data).Select(headline => LabelledText.Empty(headline, labels)).ToList();
        Risk = Of(TrainingTexts.ValidationFiles.SelectMany(file => RiskText.Read(data, file)).Select(text => LabelledText.Of(text, labels)));
        Headlines = Of(KeptOut.LabelledHeadlines(data).Select(text => LabelledText.Of(text, labels)));
        OtherHeadlines = Of(other.Take(ReportedOtherHeadlines));
        CutHeadlines = Of(other.Skip(ReportedOtherHeadlines));
        ReviewsForCut = Of(PolarReviews(data, "valid"));
        Reviews = Of(PolarReviews(data, "test"));
    }

    /// <summary>risk/valid and valid-2: cuts and temperatures are set here and figures reported.</summary>
    public EvaluationSet Risk { get; }

    /// <summary>Kept-out real headlines with finance words, labelled by reading each.</summary>
    public EvaluationSet Headlines { get; }

    /// <summary>2,000 kept-out headlines of sport, world, life and IT: hardly any may be flagged.</summary>
    public EvaluationSet OtherHeadlines { get; }

    /// <summary>More of them: the reputation cut is chosen with an eye on these.</summary>
    public EvaluationSet CutHeadlines { get; }

    /// <summary>nsmc/valid without ratings 5-8: the cut of the binary rule is set here.</summary>
    public EvaluationSet ReviewsForCut { get; }

    /// <summary>nsmc/test without ratings 5-8.</summary>
    public EvaluationSet Reviews { get; }

    private static IEnumerable<LabelledText> PolarReviews(string data, string split) =>
        PublicText.Reviews(data, split).Where(review => review.Sentiment != 1).Select(LabelledText.Of);
}
