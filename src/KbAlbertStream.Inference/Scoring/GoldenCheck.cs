using System.Globalization;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Bundles;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>Whether a model computes on this machine what it computed where it was made.</summary>
internal static class GoldenCheck
{
    /// <summary>Tokenises and scores the golden texts and compares.</summary>
    /// <exception cref="BundleException">An id differs, or a logit by more than the tolerance; names the first of each text.</exception>
    public static void Run(TextScorer scorer, ModelBundle bundle)
    {
        var golden = bundle.Golden;
        var logits = scorer.Logits([.. golden.Texts.Select(text => text.Text)], LongTexts.Windows);
        var errors = golden.Texts
            .Select((text, i) => Compare(text, IdsOf(scorer.Tokenizer, text.Text), logits[i], golden.Tolerance, bundle.Manifest)
                is { } difference ? $"golden text {i}: {difference}" : null)
            .OfType<string>()
            .ToList();
        if (errors.Count > 0)
        {
            throw new BundleException(bundle.Folder, errors);
        }
    }

    /// <summary>The ids of a whole text, with [CLS] and [SEP].</summary>
    public static int[] IdsOf(ITokenizer tokenizer, string text)
    {
        var tokens = new TokenBuffer();
        tokenizer.Encode(text, tokens);
        return [tokenizer.Vocabulary.StartId, .. tokens.Ids, tokenizer.Vocabulary.SeparatorId];
    }

    private static string? Compare(GoldenText text, int[] ids, TextLogits logits, float tolerance, BundleManifest manifest)
    {
        if (!text.Ids.AsSpan().SequenceEqual(ids))
        {
            return "its ids are others";
        }

        for (var head = 0; head < manifest.Heads.Length; head++)
        {
            for (var label = 0; label < text.Logits[head].Length; label++)
            {
                var (expected, actual) = (text.Logits[head][label], logits[head][label]);
                if (!(Math.Abs(expected - actual) <= tolerance))
                {
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"{manifest.Heads[head].Name}.{manifest.Heads[head].Labels[label]} is {actual}, not {expected}");
                }
            }
        }

        return null;
    }
}
