using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>
/// Finds the reason for labels of heads that do not tell what their tokens add: the sentence with the highest score when
/// it is scored alone. It costs another pass, so it is for texts that matter. Ask for all, then score once.
/// </summary>
internal sealed class SentenceEvidence
{
    private readonly List<Question> _questions = [];
    private readonly List<string> _sentences = [];

    private sealed record Question(int Head, int Label, Range[] Sentences, int First);

    /// <summary>The sentences to score.</summary>
    public IReadOnlyList<string> Sentences => _sentences;

    /// <summary>Asks; the answer is <see cref="Answer"/> of what this returns.</summary>
    /// <param name="text">The text.</param>
    /// <param name="title">How many characters of it are the title.</param>
    /// <param name="window">The window with the label's largest logit.</param>
    /// <param name="head">The head.</param>
    /// <param name="label">The label.</param>
    public int Ask(string text, int title, Range window, int head, int label)
    {
        // Whole sentences, also where the window begins or ends inside one.
        Range[] sentences =
        [
            .. Core.Text.Sentences.Of(text, title)
                .Where(s => s.End.Value > window.Start.Value && s.Start.Value < window.End.Value),
        ];
        _questions.Add(new Question(head, label, sentences, _sentences.Count));
        _sentences.AddRange(sentences.Select(sentence => text[sentence]));
        return _questions.Count - 1;
    }

    /// <summary>The sentence, shortened to what is shown; empty for a text without one.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="text">The text it was asked about.</param>
    /// <param name="logits">Those of <see cref="Sentences"/>.</param>
    public Range Answer(int question, string text, IReadOnlyList<TextLogits> logits)
    {
        var (head, label, sentences, first) = _questions[question];
        return sentences.Length == 0
            ? 0..0
            : EvidenceSpan.Beginning(
                text, sentences.Index().MaxBy(s => logits[first + s.Index][head][label]).Item);
    }
}
