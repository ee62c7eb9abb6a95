namespace KbAlbertStream.Inference.Graphs;

/// <summary>How a head turns hidden states into logits.</summary>
public enum HeadKind
{
    /// <summary>
    /// <c>pooled</c>: logits = tanh(x_CLS Wp^T + bp) W^T + b, Transformers' sequence classification. All pooled heads
    /// share one pooler.
    /// </summary>
    Pooled,

    /// <summary>
    /// <c>label-attention</c>: for each label k, a = softmax over all tokens of the window ([CLS] and [SEP] too) of
    /// x.q_k, and logit_k = sum over tokens of a_t (x_t.w_k) + b_k.
    /// </summary>
    LabelAttention,
}
