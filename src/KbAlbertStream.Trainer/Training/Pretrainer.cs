using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Modelling;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Training;

/// <summary>
/// Teaches an encoder Korean from nothing: guess hidden words, and on reviews also the tone of the rating.
/// </summary>
/// <remarks>
/// A step: (1) take a batch, (2) hide words, (3) forward, (4) backward, (5) clip and step. Every
/// <see cref="PretrainingOptions.CheckpointEvery"/> (6) write a checkpoint. A run with the same seed and a budget of
/// steps gives the same weights whether it was stopped on the way or not.
/// </remarks>
internal sealed class Pretrainer
{
    private readonly PretrainingOptions _options;
    private readonly PretrainingTexts _texts;
    private readonly PretrainingModel _model;
    private readonly WordMasker _masker;
    private readonly TimeProvider _time;

    public Pretrainer(
        PretrainingOptions options, PretrainingTexts texts, PretrainingModel model, WordMasker masker, TimeProvider time)
    {
        (_options, _texts, _model, _masker, _time) = (options, texts, model, masker, time);
    }

    /// <summary>Trains until the budget is used up, from the checkpoint when there is one; writes it at the end.</summary>
    /// <param name="checkpoint">The file to go on from and to write.</param>
    /// <param name="report">Called every <see cref="PretrainingOptions.ReportEvery"/> steps.</param>
    /// <param name="stop">Writes a checkpoint and returns early.</param>
    public PretrainingState Run(string checkpoint, Action<PretrainingReport> report, CancellationToken stop)
    {
        using var optimizer = new AdamW(_model.Weights.ByName, new AdamWOptions(Beta2: 0.98));
        var state = Checkpoint.TryRestore<PretrainingState>(checkpoint, _model.Weights, optimizer, s => s.Steps)
            ?? new PretrainingState(0, 0, default, default);
        var reviews = new BatchStream("reviews", _texts.ReviewLengths, _options.BatchTokens, _options.Seed, state.Reviews);
        var prose = new BatchStream("prose", _texts.ProseLengths, _options.BatchTokens, _options.Seed, state.Prose);
        var before = TimeSpan.FromSeconds(state.WorkedSeconds);
        var started = _time.GetTimestamp();
        var (saved, steps, losses) = (before, state.Steps, new PretrainingLosses());
        while (true)
        {
            var worked = before + _time.GetElapsedTime(started);
            var progress = _options.Budget.Progress(steps, worked);
            var done = progress >= 1 || stop.IsCancellationRequested;

            // (6)
            if (done || worked - saved >= _options.CheckpointEvery)
            {
                state = new PretrainingState(steps, worked.TotalSeconds, reviews.Place, prose.Place);
                Checkpoint.Write(checkpoint, _model.Weights, optimizer, state);
                saved = worked;
            }

            if (done)
            {
                return state;
            }

            using var scope = NewDisposeScope();
            var random = Seeds.For(_options.Seed, "pretraining", steps);

            // (1)
            var isReview = random.NextDouble() < _options.ReviewShare;
            var batch = isReview ? _texts.Reviews(reviews.Next()) : _texts.Prose(prose.Next(), random);

            // (2)
            var (places, words) = Hide(batch.Ids, random);

            // (3)
            var tokens = TokenBatch.Of(batch.Ids);
            var hidden = _model.Encoder.Forward(tokens);
            var wordLoss = _model.Words.Loss(hidden, places, words);
            var toneLoss = batch.Sentiments is { } tones
                ? nn.functional.cross_entropy(_model.Sentiment.Logits(hidden, tokens.Mask), tensor(tones))
                : null;

            // (4)
            (toneLoss is null ? wordLoss : wordLoss + toneLoss).backward();

            // (5)
            var rate = LearningRate.At(progress, _options.LearningRate, _options.WarmUp);
            optimizer.ClipGradients(_options.MaxGradientNorm);
            optimizer.Step(rate);
            steps++;
            losses.Add(wordLoss.ToDouble(), toneLoss?.ToDouble(), batch.Ids.Sum(text => text.Length));
            if (steps % _options.ReportEvery == 0)
            {
                report(losses.Report(steps, progress, rate, _time.GetElapsedTime(started)));
            }
        }
    }

    private (Tensor Places, Tensor Words) Hide(int[][] texts, Random random)
    {
        var longest = texts.Max(text => text.Length);
        var (places, words) = (new List<long>(), new List<long>());
        for (var row = 0; row < texts.Length; row++)
        {
            foreach (var hidden in _masker.Hide(texts[row], random))
            {
                places.Add((row * (long)longest) + hidden.Place);
                words.Add(hidden.Id);
            }
        }

        return (tensor(places.ToArray()), tensor(words.ToArray()));
    }
}
