using System.Text.Json;
using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Inference.Graphs;

/// <summary>Sizes and inputs as the golden models write them.</summary>
internal static class GoldenModel
{
    public static JsonElement Json(params string[] path) =>
        JsonDocument.Parse(SharedData.ReadBytes(["golden", "models", .. path])).RootElement;

    public static EncoderShape ShapeOf(JsonElement config) => new()
    {
        VocabularySize = config.GetProperty("vocab_size").GetInt32(),
        EmbeddingSize = config.GetProperty("embedding_size").GetInt32(),
        HiddenSize = config.GetProperty("hidden_size").GetInt32(),
        Layers = config.GetProperty("num_hidden_layers").GetInt32(),
        HiddenGroups = config.GetProperty("num_hidden_groups").GetInt32(),
        InnerLayers = config.GetProperty("inner_group_num").GetInt32(),
        AttentionHeads = config.GetProperty("num_attention_heads").GetInt32(),
        IntermediateSize = config.GetProperty("intermediate_size").GetInt32(),
        MaxPositions = config.GetProperty("max_position_embeddings").GetInt32(),
        LayerNormEpsilon = config.GetProperty("layer_norm_eps").GetSingle(),
        Activation = config.GetProperty("hidden_act").GetString() switch
        {
            "gelu" => Activation.Gelu,
            "gelu_new" => Activation.GeluTanh,
            "relu" => Activation.Relu,
            var other => throw new InvalidOperationException(other),
        },
    };

    public static int[] Integers(this JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetInt32())];

    public static float[] Floats(this JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetSingle())];

    /// <summary>The rows of a right-padded batch without their padding.</summary>
    public static int[][] TextsOf(JsonElement inputs)
    {
        var ids = inputs.GetProperty("input_ids").EnumerateArray().Select(Integers);
        var masks = inputs.GetProperty("attention_mask").EnumerateArray().Select(Integers);
        return [.. ids.Zip(masks, (row, mask) => row[..mask.Sum()])];
    }
}
