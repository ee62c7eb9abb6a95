using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Transformers;

/// <summary>
/// Fine-tunes a classifier with one label a text: AdamW, linear warm-up and decay, scaled gradients, as Transformers'
/// <c>Trainer</c> does it on one device. With the same batches it gives the same losses.
/// </summary>
/// <remarks>1. Encode the texts. 2. Per step: forward, loss, backward, scale, step. 3. Log. Random numbers differ from
/// PyTorch's, so the order of shuffled texts and dropout do.</remarks>
public sealed class SequenceClassificationTrainer
{
    private readonly AlbertForSequenceClassification _model;
    private readonly TrainingArguments _arguments;
    private readonly KbAlbertTokenizer _tokenizer;
    private readonly IReadOnlyList<(int[] Ids, int Label)> _training;
    private readonly IReadOnlyList<(int[] Ids, int Label)> _evaluation;
    private readonly Func<int[], int[], IReadOnlyDictionary<string, double>> _metrics;
    private readonly List<TrainingLogEntry> _log = [];

    /// <summary>Prepares a training. Model and tokenizer stay the caller's.</summary>
    /// <param name="model">What is fine-tuned, in place.</param>
    /// <param name="arguments">How.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="trainDataset">What it learns from.</param>
    /// <param name="evalDataset">What it is measured on; may be empty.</param>
    /// <param name="computeMetrics">Of predictions and labels; the accuracy when null.</param>
    /// <exception cref="ArgumentException">An argument makes no sense, or a label is none of the model's.</exception>
    public SequenceClassificationTrainer(
        AlbertForSequenceClassification model,
        TrainingArguments arguments,
        KbAlbertTokenizer tokenizer,
        IEnumerable<ClassificationExample> trainDataset,
        IEnumerable<ClassificationExample>? evalDataset = null,
        Func<int[], int[], IReadOnlyDictionary<string, double>>? computeMetrics = null)
        : this(
            model,
            arguments,
            tokenizer,
            Encode(trainDataset, model, arguments, tokenizer),
            Encode(evalDataset ?? [], model, arguments, tokenizer),
            computeMetrics)
    {
    }

    internal SequenceClassificationTrainer(
        AlbertForSequenceClassification model,
        TrainingArguments arguments,
        KbAlbertTokenizer tokenizer,
        IReadOnlyList<(int[] Ids, int Label)> training,
        IReadOnlyList<(int[] Ids, int Label)> evaluation,
        Func<int[], int[], IReadOnlyDictionary<string, double>>? computeMetrics = null)
    {
        (_model, _arguments, _tokenizer, _training, _evaluation) = (model, arguments, tokenizer, training, evaluation);
        _metrics = computeMetrics ?? Accuracy;
        var labels = model.Config.Labels.Length;
        var errors = arguments.Errors()
            .Concat(training.Concat(evaluation).Where(text => text.Label < 0 || text.Label >= labels).Take(1)
                .Select(text => $"label {text.Label} is none of the model's {labels}"))
            .ToList();
        if (errors.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", errors));
        }
    }

    /// <summary>Raised with every line of the log.</summary>
    public event EventHandler<TrainingLogEntry>? Logged;

    /// <summary>The lines of the log.</summary>
    public IReadOnlyList<TrainingLogEntry> LogHistory => _log;

    /// <summary>Trains.</summary>
    /// <exception cref="InvalidOperationException">There are no training texts.</exception>
    public TrainOutput Train(CancellationToken cancellationToken = default)
    {
        if (_training.Count == 0)
        {
            throw new InvalidOperationException("There are no training texts.");
        }

        var options = new AdamWOptions(
            _arguments.AdamBeta1, _arguments.AdamBeta2, _arguments.AdamEpsilon, _arguments.WeightDecay);
        using var optimizer = new AdamW(_model.Weights.ByName, options);
        var total = _arguments.StepsOn(_training.Count);
        var (sum, sinceLog, logged) = (0.0, 0.0, 0);
        random.manual_seed(_arguments.Seed);
        var step = 0;
        foreach (var batch in Batches().Take(total))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rate = LearningRate.At((double)step / total, _arguments.LearningRate, (double)_arguments.WarmupSteps / total);
            var (loss, norm) = Step(batch, optimizer, rate);
            step++;
            sum += loss;
            sinceLog += loss;
            if (step % _arguments.LoggingSteps == 0 || step == total)
            {
                var entry = new TrainingLogEntry(
                    step, (double)step / _arguments.StepsAnEpoch(_training.Count), sinceLog / (step - logged), rate, norm);
                _log.Add(entry);
                Logged?.Invoke(this, entry);
                (sinceLog, logged) = (0, step);
            }
        }

        return new TrainOutput(step, sum / step);
    }

    /// <summary>Measures the model on the evaluation texts.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public EvaluationOutput Evaluate()
    {
        if (_evaluation.Count == 0)
        {
            throw new InvalidOperationException("There are no evaluation texts.");
        }

        var predictions = new List<int>(_evaluation.Count);
        var loss = 0.0;
        using var noGrad = no_grad();
        foreach (var batch in _evaluation.Chunk(_arguments.PerDeviceEvalBatchSize))
        {
            using var scope = NewDisposeScope();
            var logits = _model.Forward(_tokenizer.Pad([.. batch.Select(text => text.Ids)]));
            loss += _model.Loss(logits, Labels(batch)).ToDouble() * batch.Length;
            predictions.AddRange(logits.argmax(-1).data<long>().ToArray().Select(label => (int)label));
        }

        return new EvaluationOutput(
            loss / _evaluation.Count, _metrics([.. predictions], [.. _evaluation.Select(text => text.Label)]));
    }

    /// <summary>Writes model and tokenizer so that Transformers, <c>import</c> and the classes here can read them.</summary>
    /// <param name="folder">Where to; <see cref="TrainingArguments.OutputDir"/> when null.</param>
    public void SaveModel(string? folder = null) => _model.SavePretrained(folder ?? _arguments.OutputDir);

    // 1
    private static (int[] Ids, int Label)[] Encode(
        IEnumerable<ClassificationExample> texts,
        AlbertForSequenceClassification model,
        TrainingArguments arguments,
        KbAlbertTokenizer tokenizer)
    {
        var options = new SequenceOptions
        {
            MaxLength = Math.Min(arguments.MaxLength, model.Config.Shape.MaxPositions),
            Truncation = Truncation.LongestFirst,
        };
        return [.. texts.Select(text => (tokenizer.Encode(text.Text, options: options).Ids.ToArray(), text.Label))];
    }

    private static Dictionary<string, double> Accuracy(int[] predictions, int[] labels) => new()
    {
        ["accuracy"] = predictions.Zip(labels).Count(pair => pair.First == pair.Second) / (double)labels.Length,
    };

    private static Tensor Labels((int[] Ids, int Label)[] batch) => tensor(batch.Select(text => (long)text.Label).ToArray());

    // 2
    private (double Loss, double Norm) Step((int[] Ids, int Label)[] batch, AdamW optimizer, double rate)
    {
        using var scope = NewDisposeScope();
        var logits = _model.Forward(_tokenizer.Pad([.. batch.Select(text => text.Ids)]), training: true);
        var loss = _model.Loss(logits, Labels(batch));
        loss.backward();
        var norm = optimizer.ClipGradients(_arguments.MaxGradNorm);
        optimizer.Step(rate);
        return (loss.ToDouble(), norm);
    }

    // Epoch after epoch, each in an order of its own; the last batch of an epoch may be smaller.
    private IEnumerable<(int[] Ids, int Label)[]> Batches()
    {
        var order = new Random(_arguments.Seed);
        while (true)
        {
            var texts = _training.ToArray();
            if (_arguments.Shuffle)
            {
                order.Shuffle(texts);
            }

            foreach (var batch in texts.Chunk(_arguments.PerDeviceTrainBatchSize))
            {
                yield return batch;
            }
        }
    }
}
