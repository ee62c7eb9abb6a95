using KbAlbertStream.Trainer.Checkpoints;
using KbAlbertStream.Trainer.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>
/// The weights of a model by their Hugging Face names, in the order in which they were added: float32 always, cast to
/// the compute type where they are used. A weight and its gradient therefore keep full precision when the products
/// run in bfloat16.
/// </summary>
internal sealed class WeightSet : IDisposable
{
    private const double InitialDeviation = 0.02;
    private readonly Dictionary<string, Parameter> _weights = [];
    private readonly StoredWeights? _stored;

    /// <param name="compute">The type that products are computed in: float32, or bfloat16 on a CPU that has it.</param>
    /// <param name="seed">Decides the first values of every weight that is not stored.</param>
    /// <param name="stored">Where weights are read from as they are added.</param>
    public WeightSet(ScalarType compute, long seed, StoredWeights? stored = null)
    {
        TorchLoader.EnsureLoaded();
        Compute = compute;
        _stored = stored;
        random.manual_seed(seed);
    }

    /// <summary>The type that products are computed in.</summary>
    public ScalarType Compute { get; }

    /// <summary>Name and weight, in the order in which they were added.</summary>
    public IReadOnlyDictionary<string, Parameter> ByName => _weights;

    /// <summary>The weight of that name in the compute type.</summary>
    public Tensor this[string name] => _weights[name].to_type(Compute);

    /// <summary>Adds <c>name.weight</c> and <c>name.bias</c> of a linear map: rows are outputs.</summary>
    public void AddLinear(string name, int outputs, int inputs)
    {
        AddNormal($"{name}.weight", outputs, inputs);
        Add($"{name}.bias", [outputs], () => zeros(outputs));
    }

    /// <summary>Adds the scale (ones) and shift (zeros) of a layer normalisation.</summary>
    public void AddLayerNorm(string name, int size)
    {
        Add($"{name}.weight", [size], () => ones(size));
        Add($"{name}.bias", [size], () => zeros(size));
    }

    /// <summary>Adds a table of normal values with deviation 0.02.</summary>
    public void AddNormal(string name, int rows, int columns) =>
        Add(name, [rows, columns], () => randn(rows, columns) * InitialDeviation);

    /// <summary>Adds a weight: the stored one, or else one with these first values.</summary>
    public void Add(string name, long[] shape, Func<Tensor> initial)
    {
        // Weights outlive the dispose scope of whoever builds the model.
        var weight = new Parameter(_stored?.TryRead(name, shape) ?? initial());
        weight.DetachFromDisposeScope();
        _weights.Add(name, weight);
    }

    /// <summary>x W' + b of the linear map <paramref name="name"/>.</summary>
    public Tensor Linear(Tensor x, string name) => F.linear(x, this[$"{name}.weight"], this[$"{name}.bias"]);

    /// <summary>Normalises the last dimension.</summary>
    public Tensor LayerNorm(Tensor x, string name, double epsilon) =>
        F.layer_norm(x, [x.shape[^1]], this[$"{name}.weight"], this[$"{name}.bias"], epsilon);

    /// <summary>Overwrites the values of a weight; throws when the shapes differ.</summary>
    public void Set(string name, Tensor values)
    {
        var weight = _weights[name];
        if (!weight.shape.SequenceEqual(values.shape))
        {
            throw new InvalidDataException(
                $"weight {name} is [{string.Join(',', weight.shape)}], got [{string.Join(',', values.shape)}]");
        }

        using var noGrad = no_grad();
        weight.copy_(values);
    }

    public void Dispose()
    {
        foreach (var weight in _weights.Values)
        {
            weight.Dispose();
        }
    }
}
