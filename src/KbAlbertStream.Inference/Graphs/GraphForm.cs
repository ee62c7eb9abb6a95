namespace KbAlbertStream.Inference.Graphs;

/// <summary>How a graph lays a batch out; the network that it computes is the same.</summary>
public enum GraphForm
{
    /// <summary>
    /// <c>no-padding</c>: all texts one after the other, padded for attention only, operators of the ONNX standard.
    /// Inputs are int32, named in <c>GraphInputs</c>. What the worker runs.
    /// </summary>
    NoPadding,

    /// <summary>
    /// <c>no-padding-fused</c>: the inputs of <see cref="NoPadding"/> with ONNX Runtime's fused operators, which are slower
    /// on the CPU and have kernels of their own on CUDA.
    /// </summary>
    NoPaddingFused,

    /// <summary>
    /// <c>padded</c>: Transformers' inputs <c>input_ids</c>, <c>attention_mask</c> and, when there are token types,
    /// <c>token_type_ids</c>, all int64 (texts, longest), padded on the right; operators of the ONNX standard only. The
    /// oracle for the other forms, and what other runtimes load.
    /// </summary>
    Padded,

    /// <summary>
    /// <c>padded-fused</c>: the inputs of <see cref="Padded"/> with ONNX Runtime's fused operators: what its own optimiser
    /// makes of such a model.
    /// </summary>
    PaddedFused,
}
