using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019) as PyTorch computes it, with its moments by weight name, so that a checkpoint
/// can hold and restore them. Biases and layer norms are not decayed.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private readonly AdamWOptions _options;
    private readonly List<Slot> _slots = [];

    /// <param name="weights">What is trained.</param>
    /// <param name="options">Betas, decay.</param>
    /// <param name="rate">Factor on the learning rate, by weight name; 1 for all when null.</param>
    public AdamW(
        IEnumerable<KeyValuePair<string, Parameter>> weights, AdamWOptions options, Func<string, double>? rate = null)
    {
        _options = options;
        foreach (var (name, weight) in weights)
        {
            _slots.Add(new Slot(
                name,
                weight,
                zeros_like(weight).requires_grad_(false).DetachFromDisposeScope(),
                zeros_like(weight).requires_grad_(false).DetachFromDisposeScope(),
                IsDecayed(name) ? options.WeightDecay : 0,
                rate?.Invoke(name) ?? 1));
        }
    }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Scales all gradients so that their common norm is at most <paramref name="most"/>; the norm before.</summary>
    public double ClipGradients(double most)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var squares = _slots.Where(slot => slot.Weight.grad is not null).Select(slot => slot.Weight.grad!.square().sum());
        var norm = stack(squares.ToArray()).sum().sqrt().ToDouble();
        if (norm > most)
        {
            foreach (var slot in _slots)
            {
                slot.Weight.grad?.mul_(most / (norm + 1e-6));
            }
        }

        return norm;
    }

    /// <summary>One step against the gradients, which are forgotten afterwards. Weights without one stay.</summary>
    public void Step(double learningRate)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Steps++;
        var correction = 1 - Math.Pow(_options.Beta1, Steps);
        var rootCorrection = Math.Sqrt(1 - Math.Pow(_options.Beta2, Steps));
        foreach (var slot in _slots)
        {
            if (slot.Weight.grad is not { } gradient)
            {
                continue;
            }

            var rate = learningRate * slot.Rate;
            slot.Weight.mul_(1 - (rate * slot.Decay));
            slot.Mean.mul_(_options.Beta1).add_(gradient, 1 - _options.Beta1);
            slot.Square.mul_(_options.Beta2).addcmul_(gradient, gradient, 1 - _options.Beta2);
            var deviation = slot.Square.sqrt().div_(rootCorrection).add_(_options.Epsilon);
            slot.Weight.addcdiv_(slot.Mean, deviation, -rate / correction);
            gradient.zero_();
        }
    }

    /// <summary>The moments by name, for a checkpoint.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Moments() => _slots.SelectMany(slot => (KeyValuePair<string, Tensor>[])
        [new($"adam.mean.{slot.Name}", slot.Mean), new($"adam.square.{slot.Name}", slot.Square)]);

    /// <summary>Goes on where a checkpoint stopped.</summary>
    public void Restore(long steps, IReadOnlyDictionary<string, Tensor> moments)
    {
        using var noGrad = no_grad();
        Steps = steps;
        foreach (var (name, moment) in Moments())
        {
            moment.copy_(moments[name]);
        }
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            slot.Mean.Dispose();
            slot.Square.Dispose();
        }
    }

    private static bool IsDecayed(string name) =>
        !name.EndsWith("bias", StringComparison.Ordinal)
        && !name.EndsWith("LayerNorm.weight", StringComparison.Ordinal)
        && !name.EndsWith("layer_norm.weight", StringComparison.Ordinal);

    private sealed record Slot(string Name, Parameter Weight, Tensor Mean, Tensor Square, double Decay, double Rate);
}
