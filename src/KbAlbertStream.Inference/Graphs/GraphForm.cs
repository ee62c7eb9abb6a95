namespace KbAlbertStream.Inference.Graphs;

/// <summary>How a graph lays a batch out; the network that it computes is the same.</summary>
public enum GraphForm
{
    /// <summary>
    /// <c>no-padding</c>: all texts one after the other, padded for attention only, ONNX Runtime's fused operators.
    /// Inputs are int32, named in <c>GraphInputs</c>. What the worker runs.
    /// </summary>
    NoPadding,

    /// <summary>
    /// <c>padded</c>: Transformers' inputs <c>input_ids</c>, <c>attention_mask</c> and, when there are token types,
    /// <c>token_type_ids</c>, all int64 (texts, longest), padded on the right; operators of the ONNX standard only. The
    /// oracle for the other form, and what other runtimes load.
    /// </summary>
    Padded,

    /// <summary>
    /// <c>padded-fused</c>: the inputs of <see cref="Padded"/> with ONNX Runtime's fused operators: what its own optimiser
    /// makes of such a model.
    /// </summary>
    PaddedFused,
}
