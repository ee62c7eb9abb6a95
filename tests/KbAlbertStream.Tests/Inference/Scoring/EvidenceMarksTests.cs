using System.Text.Json;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Inference.Scoring;

/// <summary>
/// The evidence of the shipped model beside what a reader underlined. <c>evidence-marks.jsonl</c> holds 240 texts of our
/// synthetic corpus that the model was not trained on, with the sentences that a reader marked for each of their labels
/// (numbered from 0, a title being the first) before any model's answer was looked at.
/// </summary>
public sealed class EvidenceMarksTests(ITestOutputHelper output)
{
    // A headline alone would be right in 54 %, a sentence taken blindly in 37 %. The small model finds 71 %; that each
    // sentence is scored alone, or left out, finds no more than 75 %.
    private const double LeastShare = 0.69;

    private sealed record Marked(string Id, string Title, string Text, Dictionary<string, int[]> Marks);

    [Fact]
    public void The_strongest_evidence_lies_in_a_sentence_that_a_reader_marked()
    {
        using var scorer = TextScorer.Load(
            Repository.PathOf("models", "demo"), new EncoderOptions { Provider = ExecutionProvider.Cpu });
        var marked = File.ReadLines(Repository.PathOf("tests", "KbAlbertStream.Tests", "Inference", "Scoring", "evidence-marks.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Marked>(line, JsonSerializerOptions.Web)!).ToArray();
        var texts = marked.Select(text => FormulaBundle.Text(text.Title, text.Text)).ToArray();

        // Of the labels that both give, the one that the model is surest of: what a reader sees first.
        var found = marked.Zip(texts, scorer.Score(texts)).Select(item => (
                item.First,
                item.Second,
                Top: item.Third.Evidence.Where(e => item.First.Marks.ContainsKey(e.Label))
                    .MaxBy(e => (item.Third.Reputation.Labels.Contains(e.Label) ? item.Third.Reputation : item.Third.Compliance)[e.Label])))
            .Where(item => item.Top is not null).ToArray();
        var misses = found.Where(item => !Hits(item.Second, item.Top!.Text, item.First.Marks[item.Top.Label])).ToArray();

        output.WriteLine($"{found.Length - misses.Length} of {found.Length} in a marked sentence");
        foreach (var miss in misses)
        {
            output.WriteLine($"{miss.First.Id} {miss.Top!.Label}: {miss.Top.Text}");
        }

        Assert.InRange(found.Length, 190, marked.Length);
        Assert.True(misses.Length <= (1 - LeastShare) * found.Length, $"{misses.Length} of {found.Length} lie elsewhere");
    }

    private static bool Hits(PreparedText text, string evidence, int[] marks)
    {
        var sentences = Sentences.Of(text.ModelInput, text.Title.Length).Select(range => text.ModelInput[range]).ToArray();
        return marks.Any(mark => sentences[mark].Contains(evidence, StringComparison.Ordinal));
    }
}
