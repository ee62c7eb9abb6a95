namespace KbAlbertStream.Inference.Graphs;

/// <summary>The activation of the feed-forward part, as <c>hidden_act</c> of a config.json names it.</summary>
public enum Activation
{
    /// <summary><c>gelu</c>: x * Phi(x), with the error function.</summary>
    Gelu,

    /// <summary><c>gelu_new</c>: the tanh approximation, 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))).</summary>
    GeluTanh,

    /// <summary><c>relu</c>: max(x, 0).</summary>
    Relu,
}
