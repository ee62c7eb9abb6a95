using System.Globalization;
using System.Text;
using KbAlbertStream.Trainer.Evaluation;
using KbAlbertStream.Trainer.Modelling;

namespace KbAlbertStream.Trainer.Promotion;

/// <summary>Writes <c>MODEL_CARD.md</c>: what the model is, what it is not, and every figure beside its rival's.</summary>
internal static class ModelCard
{
    /// <summary>The text of the card.</summary>
    /// <param name="id">Name and version.</param>
    /// <param name="shape">The encoder.</param>
    /// <param name="parameters">Number of weights.</param>
    /// <param name="metrics">The figures.</param>
    /// <param name="training">How it was trained, in the words of whoever ran it; empty when nothing was said.</param>
    public static string Write(string id, AlbertShape shape, long parameters, BundleMetrics metrics, string training)
    {
        var reputation = metrics.Heads["reputation"];
        var compliance = metrics.Heads["compliance"];
        var sentiment = metrics.Heads["sentiment"];
        var (nsmc, real, other) = (metrics.Nsmc, metrics.RealHeadlines, metrics.OtherHeadlines);
        return string.Create(CultureInfo.InvariantCulture, $"""
            # {id}

            A small Korean text classifier with three heads on one encoder: sentiment (negative, neutral, positive),
            reputation (19 event categories, several a text) and compliance (17 flags, several a text).

            ## What it is not

            **It is not KB-ALBERT**, holds none of its weights and was not distilled from it. It was trained from scratch, on
            CPUs, in a few hours. It shows the system at work and is no substitute for a model trained on a firm's own
            texts. Nobody should decide about a person or a contract because of what it says.

            ## What it is

            An ALBERT encoder ({shape.Layers} layers in {shape.Groups} groups, hidden size {shape.HiddenSize}, embeddings of {shape.EmbeddingSize}, {shape.AttentionHeads} attention heads, at most
            {shape.MaxPositions} tokens a window, {parameters / 1e6:F1} million weights stored as float16), a cased WordPiece vocabulary of {shape.VocabSize:N0} tokens, and
            three heads in which every label attends to the text by itself. Longer texts are read in overlapping windows.
            {training}

            ## Trained on

            | data | licence | used for |
            |---|---|---|
            | NSMC, Naver film reviews (ratings 1-4, 5-8, 9-10) | CC0 | pre-training, sentiment |
            | KLUE-YNAT, Yonhap headlines 2016-2020 | CC BY-SA 4.0 | pre-training; headlines that report nothing; 1,935 with finance words labelled for this project |
            | Blue House petitions | KOGL type 1 (attribution) | pre-training |
            | Dynamics 365 manuals in Korean | CC BY 4.0 | pre-training |
            | risk texts and headlines written for this project (synthetic; invented institutions) | Apache-2.0 | all heads |

            A fifth of the real headlines, by the hash of the title, was never seen in training, not even as plain text.
            Names of real institutions stand in some augmented texts in the place of invented ones; no such text is about a
            real incident.

            ## Figures

            All were made through this bundle with the worker's own scorer. Two seeds of the same recipe differ by about
            {metrics.SeedSpread:F2}. The rival is a character n-gram TF-IDF with a linear classifier, trained in seconds on the same texts.

            | what | this model | rival |
            |---|---|---|
            | risk/valid + valid-2 ({reputation.Texts} texts): reputation macro-F1 | {reputation.MacroF1:F3} | {Rivals.ReputationMacroF1:F3} |
            | the same: compliance macro-F1 | {compliance.MacroF1:F3} | {Rivals.ComplianceMacroF1:F3} |
            | the same: sentiment accuracy | {sentiment.Accuracy:F3} | {Rivals.SentimentAccuracy:F3} |
            | nsmc/test ({nsmc.Texts:N0} reviews), balanced accuracy, cut tuned on nsmc/valid | {nsmc.TunedCut.BalancedAccuracy:F3} | {Rivals.NsmcBalancedTuned:F3} |
            | nsmc/test, balanced accuracy, default cut | {nsmc.DefaultCut.BalancedAccuracy:F3} | {Rivals.NsmcBalancedDefault:F3} |
            | nsmc/test, accuracy, default cut | {nsmc.DefaultCut.Accuracy:F3} | {Rivals.NsmcAccuracy:F3} |
            | kept-out real headlines with finance words ({real.Texts}, {real.Events} report an event): event precision | {real.Precision:F2} | {Rivals.EventPrecision:F2} ({Rivals.EventPrecisionHighCut:F2} with a higher cut) |
            | the same: event recall | {real.Recall:F2} | {Rivals.EventRecall:F2} ({Rivals.EventRecallHighCut:F2}) |
            | {other.Texts:N0} kept-out real headlines of sport, world, life and IT: share with a reputation label | {other.FlagRate:P2} | {Rivals.FlagRate:P0} ({Rivals.FlagRateHighCut:P0}) |

            Cuts and temperatures were set on risk/valid + valid-2 too (one of each a head), so the figures there are a little
            kind to this model, as they are to the rival. The rival's event figures are from another split of the same headlines,
            and {real.Events} events are few: one more hit or miss moves the recall by {1.0 / real.Events:F2}.
            The reputation cut may flag at most {HeadFitter.MaxFlagRate:P1} of other kept-out headlines than those reported.

            ## Calibration

            | head | temperature | NLL before | NLL after | ECE before | ECE after |
            |---|---|---|---|---|---|
            {CalibrationRows(metrics)}

            ## Limits

            It knows the language of 2016-2020 headlines, film reviews and synthetic complaints. Rare labels rest on some forty
            texts each. Irony, long reports and other languages than Korean are beyond it.

            """);
    }

    private static string CalibrationRows(BundleMetrics metrics)
    {
        var rows = new StringBuilder();
        foreach (var (name, head) in metrics.Heads)
        {
            rows.Append(CultureInfo.InvariantCulture, $"| {name} | {head.Temperature:F2} | ")
                .Append(CultureInfo.InvariantCulture, $"{head.Before.NegativeLogLikelihood:F4} | {head.After.NegativeLogLikelihood:F4} | ")
                .Append(CultureInfo.InvariantCulture, $"{head.Before.ExpectedCalibrationError:F4} | {head.After.ExpectedCalibrationError:F4} |\n");
        }

        return rows.ToString().TrimEnd();
    }
}
