using System.Text.Json;
using System.Text.Json.Serialization;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>The sizes of an ALBERT encoder, under the names of Hugging Face's <c>config.json</c>.</summary>
internal sealed record AlbertShape
{
    [JsonPropertyName("vocab_size")]
    public required int VocabSize { get; init; }

    [JsonPropertyName("embedding_size")]
    public int EmbeddingSize { get; init; } = 128;

    [JsonPropertyName("hidden_size")]
    public int HiddenSize { get; init; } = 256;

    [JsonPropertyName("intermediate_size")]
    public int IntermediateSize { get; init; } = 1024;

    [JsonPropertyName("num_hidden_layers")]
    public int Layers { get; init; } = 2;

    /// <summary>How many sets of layer weights there are; the layers are spread over them in order.</summary>
    [JsonPropertyName("num_hidden_groups")]
    public int Groups { get; init; } = 2;

    /// <summary>How many layers, with weights of their own, one group applies in a row.</summary>
    [JsonPropertyName("inner_group_num")]
    public int LayersPerGroup { get; init; } = 1;

    [JsonPropertyName("num_attention_heads")]
    public int AttentionHeads { get; init; } = 4;

    [JsonPropertyName("max_position_embeddings")]
    public int MaxPositions { get; init; } = 512;

    [JsonPropertyName("type_vocab_size")]
    public int TokenTypes { get; init; } = 2;

    [JsonPropertyName("layer_norm_eps")]
    public double LayerNormEpsilon { get; init; } = 1e-12;

    /// <summary><c>gelu_new</c> (tanh form), <c>gelu</c> (erf) or <c>relu</c>.</summary>
    [JsonPropertyName("hidden_act")]
    public string Activation { get; init; } = "gelu_new";

    /// <summary>Reads a <c>config.json</c>; fields that are no sizes are ignored.</summary>
    public static AlbertShape Parse(string json) =>
        JsonSerializer.Deserialize<AlbertShape>(json) ?? throw new JsonException("config.json holds no object");
}
