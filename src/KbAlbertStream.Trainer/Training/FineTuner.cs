using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Modelling;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Training;

/// <summary>Trains all heads and the encoder together on labelled texts.</summary>
/// <param name="options">The constants.</param>
/// <param name="texts">The texts of an epoch, by its number: the same whenever it is asked for.</param>
/// <param name="encoder">Text to ids.</param>
/// <param name="model">What is trained.</param>
/// <remarks>
/// An epoch: (1) make its texts, (2) encode and batch them, and for each batch (3) hide tokens, (4) forward, (5) add
/// up the losses of the heads, (6) backward, clip, step. (7) Write a checkpoint after each epoch; a run that goes on
/// from one gives the same weights as a run that was not stopped.
/// </remarks>
internal sealed class FineTuner(
    FineTuningOptions options, Func<int, IReadOnlyList<LabelledText>> texts, TextEncoder encoder, RiskModel model)
{
    /// <summary>Trains all epochs, from the checkpoint when there is one; writes it after each.</summary>
    /// <param name="checkpoint">The file to go on from and to write.</param>
    /// <param name="report">Called after each batch.</param>
    /// <param name="evaluate">Called after each epoch with its number.</param>
    /// <param name="stop">Returns after the current batch, without a checkpoint.</param>
    public void Run(string checkpoint, Action<FineTuningReport> report, Action<int> evaluate, CancellationToken stop)
    {
        using var optimizer = new AdamW(
            model.Weights.ByName,
            new AdamWOptions(),
            name => name.StartsWith("heads.", StringComparison.Ordinal) ? options.HeadRate : 1);
        var state = Checkpoint.TryRestore<FineTuningState>(checkpoint, model.Weights, optimizer, s => s.Steps)
            ?? new FineTuningState(0, 0);
        var steps = state.Steps;
        for (var epoch = state.Epochs; epoch < options.Epochs; epoch++)
        {
            // (1), (2)
            var examples = texts(epoch);
            var ids = examples.Select(text => encoder.Encode(text.Title, text.Text)).ToArray();
            var lengths = ids.Select(text => Math.Min(text.Length, model.Encoder.Shape.MaxPositions)).ToArray();
            var batches = new BatchStream("fine-tuning", lengths, options.BatchTokens, options.Seed, new BatchPlace(epoch, 0));
            for (var batch = 0; batch < batches.Count; batch++)
            {
                if (stop.IsCancellationRequested)
                {
                    return;
                }

                using var scope = NewDisposeScope();
                random.manual_seed(Seeds.Mix(options.Seed, "dropout", steps));
                var chosen = batches.Next();

                // (3)
                var lots = Seeds.For(options.Seed, "token dropout", steps);
                var tokens = TokenBatch.Of([.. chosen.Select(index => Hide(ids[index][..lengths[index]], lots))]);

                // (4), (5)
                var logits = model.Forward(tokens, options.Dropout, options.HeadDropout);
                var losses = model.Heads.Select((head, i) => WeightedLoss(
                    head.Shape, logits[i], HeadTargets.Of([.. chosen.Select(index => examples[index].Targets[i])])));
                var loss = losses.OfType<Tensor>().Aggregate((sum, next) => sum + next);

                // (6)
                loss.backward();
                var progress = (epoch + ((double)batch / batches.Count)) / options.Epochs;
                optimizer.ClipGradients(options.MaxGradientNorm);
                optimizer.Step(LearningRate.At(progress, options.LearningRate, options.WarmUp));
                steps++;
                report(new FineTuningReport(epoch, batch, batches.Count, loss.ToDouble()));
            }

            // (7)
            Checkpoint.Write(checkpoint, model.Weights, optimizer, new FineTuningState(epoch + 1, steps));
            evaluate(epoch);
        }
    }

    // The sum over the labels, not their mean: each label pulls as hard as the sentiment head.
    private static Tensor? WeightedLoss(HeadShape head, Tensor logits, HeadTargets? targets) =>
        HeadLoss.Of(head, logits, targets) is { } loss ? loss * (head.MultiLabel ? head.Labels.Length : 1) : null;

    private int[] Hide(int[] ids, Random random)
    {
        for (var i = 1; i < ids.Length - 1; i++)
        {
            if (random.NextDouble() < options.TokenDropout)
            {
                ids[i] = encoder.MaskId;
            }
        }

        return ids;
    }
}
