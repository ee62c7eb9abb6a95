using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Training;

public sealed class AdamWTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly WeightSet _weights = new(ScalarType.Float32, seed: 3);

    [Fact]
    public void Biases_and_layer_norms_are_not_decayed()
    {
        string[] kept = ["a.bias", "attention.LayerNorm.weight", "full_layer_layer_norm.weight", "predictions.bias"];
        string[] decayed = ["a.weight", "heads.x.query", "embeddings.word_embeddings.weight"];
        foreach (var name in kept.Concat(decayed))
        {
            _weights.Add(name, [2], () => ones(2));
        }

        using var optimizer = new AdamW(_weights.ByName, new AdamWOptions(WeightDecay: 0.5));
        _weights.ByName.Values.Select(weight => (weight * 0).sum()).Aggregate((a, b) => a + b).backward();
        optimizer.Step(0.1);

        Assert.All(kept, name => Assert.Equal(1, _weights.ByName[name][0].ToSingle()));
        Assert.All(decayed, name => Assert.Equal(0.95f, _weights.ByName[name][0].ToSingle(), 1e-6f));
    }

    [Fact]
    public void Its_steps_are_those_of_torch()
    {
        _weights.AddNormal("a.weight", 5, 4);
        using var reference = new TorchSharp.Modules.Parameter(_weights.ByName["a.weight"].detach().clone());
        using var torchs = optim.AdamW([reference], lr: 0.01, beta1: 0.9, beta2: 0.98, weight_decay: 0.1);
        using var ours = new AdamW(_weights.ByName, new AdamWOptions(Beta2: 0.98, WeightDecay: 0.1));
        for (var step = 0; step < 20; step++)
        {
            using var target = randn(5, 4);
            (reference - target).square().sum().backward();
            (_weights.ByName["a.weight"] - target).square().sum().backward();
            torchs.step();
            torchs.zero_grad();
            ours.Step(0.01);
        }

        Assert.Equal(0, (reference - _weights.ByName["a.weight"]).abs().max().ToDouble(), 1e-6);
    }

    [Fact]
    public void Gradients_are_scaled_to_their_common_norm()
    {
        _weights.Add("a.weight", [1], () => zeros(1));
        _weights.Add("b.weight", [1], () => zeros(1));
        using var optimizer = new AdamW(_weights.ByName, new AdamWOptions());
        ((_weights.ByName["a.weight"] * 3) + (_weights.ByName["b.weight"] * 4)).sum().backward();

        Assert.Equal(5, optimizer.ClipGradients(1), 1e-6);

        Assert.Equal(0.6f, _weights.ByName["a.weight"].grad!.ToSingle(), 1e-5f);
        Assert.Equal(0.8f, _weights.ByName["b.weight"].grad!.ToSingle(), 1e-5f);
    }

    public void Dispose()
    {
        _weights.Dispose();
        _scope.Dispose();
    }
}
