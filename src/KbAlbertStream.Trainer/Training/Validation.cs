using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Evaluation;
using KbAlbertStream.Trainer.Modelling;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Training;

/// <summary>
/// A quick look at a model between epochs, on the validation texts and some of the kept-out headlines. The figures
/// that count are made later, through the exported bundle.
/// </summary>
internal sealed class Validation
{
    private const int BatchSize = 32;
    private const int OtherHeadlines = 1_000;
    private readonly LabelSet _labels;
    private readonly List<LabelledText> _risk, _events, _other;
    private readonly TextEncoder _encoder;

    public Validation(string data, LabelSet labels, TextEncoder encoder)
    {
        (_labels, _encoder) = (labels, encoder);
        _risk = [.. TrainingTexts.ValidationFiles.SelectMany(file => RiskText.Read(data, file)).Select(text => LabelledText.Of(text, labels))];
        _events = [.. KeptOut.LabelledHeadlines(data).Select(text => LabelledText.Of(text, labels))];
        _other = [.. KeptOut.OtherWorlds(data).Take(OtherHeadlines).Select(headline => LabelledText.Empty(headline, labels))];
    }

    /// <summary>One line of figures.</summary>
    public string Describe(RiskModel model)
    {
        var risk = Probabilities(model, _risk);
        var events = Probabilities(model, _events)[LabelSet.Reputation];
        var other = Probabilities(model, _other)[LabelSet.Reputation];
        var parts = new List<string>();
        for (var head = 0; head < _labels.Heads.Length; head++)
        {
            var targets = _risk.Select(text => text.Targets[head]!).ToList();
            if (!_labels.Heads[head].MultiLabel)
            {
                var right = risk[head].Zip(targets).Count(pair => pair.Second[Array.IndexOf(pair.First, pair.First.Max())] == 1);
                parts.Add($"{_labels.Heads[head].Name} {(double)right / targets.Count:F3}");
                continue;
            }

            var probabilities = risk[head];
            var cut = CutSearch.Best(at => MultiLabelScores.At(probabilities, targets, at).MacroF1);
            parts.Add($"{_labels.Heads[head].Name} {MultiLabelScores.At(probabilities, targets, cut).MacroF1:F3} at {cut:F2}");
        }

        foreach (var cut in (float[])[0.3f, 0.5f, 0.7f])
        {
            var real = EventScore.At(events, [.. _events.Select(text => text.Targets[LabelSet.Reputation]!)], cut);
            parts.Add($"at {cut:F1} events P {real.Precision:F2} R {real.Recall:F2} "
                + $"elsewhere {(double)other.Count(p => p.Max() >= cut) / other.Count:P2}");
        }

        return string.Join(", ", parts);
    }

    private List<float[]>[] Probabilities(RiskModel model, List<LabelledText> texts)
    {
        using var noGrad = no_grad();
        var result = _labels.Heads.Select(_ => new List<float[]>()).ToArray();
        foreach (var chunk in texts.Chunk(BatchSize))
        {
            using var scope = NewDisposeScope();
            var ids = chunk.Select(text => _encoder.Encode(text.Title, text.Text));
            var logits = model.Forward(TokenBatch.Of([.. ids.Select(text => text[..Math.Min(text.Length, ModelDefaults.MaxLength)])]));
            for (var head = 0; head < logits.Length; head++)
            {
                var p = _labels.Heads[head].MultiLabel ? logits[head].sigmoid() : logits[head].softmax(-1);
                result[head].AddRange(p.data<float>().ToArray().Chunk(_labels.Heads[head].Labels.Length));
            }
        }

        return result;
    }
}
