using KbAlbertStream.Inference.Graphs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>What <c>hidden_act</c> of a config.json names.</summary>
internal static class HiddenActivation
{
    /// <summary>The names that are known, for errors.</summary>
    public const string Known = "gelu, gelu_python, gelu_new, gelu_pytorch_tanh, gelu_fast and relu";

    /// <summary>The function of that name; null when it is not known.</summary>
    public static Activation? Find(string name) => name switch
    {
        // The same function by two formulas each; they differ in the last digit of float32.
        "gelu" or "gelu_python" => Activation.Gelu,
        "gelu_new" or "gelu_pytorch_tanh" or "gelu_fast" => Activation.GeluTanh,
        "relu" => Activation.Relu,
        _ => null,
    };

    /// <summary>The function of that name.</summary>
    /// <exception cref="NotSupportedException">It is not known.</exception>
    public static Activation Of(string name) =>
        Find(name) ?? throw new NotSupportedException($"hidden_act {name}: {Known} are known");

    /// <summary>The function's values.</summary>
    public static Tensor Apply(string name, Tensor x) => Of(name) switch
    {
        Activation.GeluTanh => F.gelu(x, GELU.Approximate.tanh),
        Activation.Gelu => F.gelu(x),
        _ => F.relu(x),
    };
}
