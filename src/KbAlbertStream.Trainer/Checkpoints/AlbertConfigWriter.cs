using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>Writes <c>config.json</c> as save_pretrained does: sorted, indented by two, every field that it writes.</summary>
internal static class AlbertConfigWriter
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file's content.</summary>
    /// <param name="config">What the model is.</param>
    /// <param name="architecture">Transformers' class, such as <c>AlbertForSequenceClassification</c>.</param>
    public static byte[] Write(AlbertConfig config, string architecture)
    {
        var json = (JsonObject?)config.Source?.DeepClone() ?? Defaults();
        foreach (var (name, value) in Fields(config, architecture))
        {
            json[name] = value;
        }

        if (config.ProblemType is { } problem)
        {
            json["problem_type"] = problem;
        }

        var sorted = new JsonObject(json.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        return Encoding.UTF8.GetBytes(sorted.ToJsonString(Json).ReplaceLineEndings("\n") + "\n");
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Fields(AlbertConfig config, string architecture)
    {
        var shape = config.Shape;
        yield return new("architectures", new JsonArray(architecture));
        yield return new("attention_probs_dropout_prob", config.AttentionDropout);
        yield return new("classifier_dropout_prob", config.ClassifierDropout);
        yield return new("embedding_size", shape.EmbeddingSize);
        yield return new("hidden_act", shape.Activation);
        yield return new("hidden_dropout_prob", config.HiddenDropout);
        yield return new("hidden_size", shape.HiddenSize);
        yield return new("inner_group_num", shape.LayersPerGroup);
        yield return new("intermediate_size", shape.IntermediateSize);
        yield return new("layer_norm_eps", shape.LayerNormEpsilon);
        yield return new("max_position_embeddings", shape.MaxPositions);
        yield return new("model_type", "albert");
        yield return new("num_attention_heads", shape.AttentionHeads);
        yield return new("num_hidden_groups", shape.Groups);
        yield return new("num_hidden_layers", shape.Layers);
        yield return new("tie_word_embeddings", config.TieWordEmbeddings);
        yield return new("type_vocab_size", shape.TokenTypes);
        yield return new("vocab_size", shape.VocabSize);

        // The weights are written as float32 whatever they were read as.
        var dtype = config.Source?.ContainsKey("torch_dtype") == true ? "torch_dtype" : "dtype";
        yield return new(dtype, "float32");
        if (config.Source is null || config.Source.ContainsKey("id2label") || !HasTransformersLabels(config))
        {
            yield return new("id2label", new JsonObject(
                config.Labels.Select((label, id) => KeyValuePair.Create($"{id}", (JsonNode?)label))));
            yield return new("label2id", new JsonObject(
                config.Labels.Select((label, id) => (label, id)).DistinctBy(pair => pair.label)
                    .OrderBy(pair => pair.label, StringComparer.Ordinal)
                    .Select(pair => KeyValuePair.Create(pair.label, (JsonNode?)pair.id))));
        }
    }

    /// <summary>The two labels that Transformers assumes, and therefore does not write.</summary>
    private static bool HasTransformersLabels(AlbertConfig config) => config.Labels is ["LABEL_0", "LABEL_1"];

    private static JsonObject Defaults() => new()
    {
        ["bos_token_id"] = 2,
        ["eos_token_id"] = 3,
        ["initializer_range"] = 0.02,
        ["pad_token_id"] = 0,
    };
}
