using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using KbAlbertStream.Trainer.Modelling;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>Reads <c>config.json</c>; a missing field means what it means in Transformers' AlbertConfig.</summary>
internal static class AlbertConfigReader
{
    private const long MostBytes = 4 << 20;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private const int MostLayers = 1024, MostLabels = 100_000;

    /// <summary>Fields of every Transformers configuration that say nothing about what the network computes.</summary>
    private static readonly string[] Meaningless =
    [
        "architectures", "bos_token_id", "eos_token_id", "pad_token_id", "initializer_range", "label2id", "torch_dtype",
        "dtype", "transformers_version", "_name_or_path", "_num_labels", "gap_size", "net_structure_type",
        "num_memory_blocks", "down_scale_factor", "output_past", "output_attentions", "output_hidden_states",
        "return_dict", "use_cache", "gradient_checkpointing", "finetuning_task", "language",
    ];

    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">It is missing, no JSON, or no ALBERT.</exception>
    public static AlbertConfig Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CheckpointException(path, "there is no such file");
        }

        using var file = new FileBytes(path);
        return file.Length <= MostBytes
            ? Parse(path, file.Read(0, file.Length, "the file"))
            : throw file.Error($"{file.Length} bytes are too many for a config.json");
    }

    /// <summary>Reads the content of a file.</summary>
    public static AlbertConfig Parse(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonNode.Parse(content, documentOptions: Strict) is JsonObject json
                ? Read(path, json)
                : throw new CheckpointException(path, "the file holds no JSON object");
        }
        // The latter: a text that is none, such as half a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CheckpointException($"{path}: no JSON: {e.Message}", e);
        }
    }

    private static AlbertConfig Read(string path, JsonObject json)
    {
        var fields = new ConfigFields(path, json);
        if (fields.Has("model_type") && fields.Text("model_type", "") is var type and not "albert")
        {
            throw fields.Error($"a model of type {type}, not an albert");
        }

        if (fields.Has("position_embedding_type")
            && fields.Text("position_embedding_type", "") is var positions and not "absolute")
        {
            throw fields.Error($"position_embedding_type is {positions}; absolute is the one that is known");
        }

        fields.Ignore("model_type", "position_embedding_type", "problem_type");
        fields.Ignore(Meaningless);
        var config = new AlbertConfig
        {
            Shape = ShapeOf(fields),
            HiddenDropout = fields.Fraction("hidden_dropout_prob", 0),
            AttentionDropout = fields.Fraction("attention_probs_dropout_prob", 0),
            ClassifierDropout = fields.Fraction("classifier_dropout_prob", 0.1),
            Labels = LabelsOf(fields),
            ProblemType = fields.Has("problem_type") ? fields.Text("problem_type", "") : null,
            TieWordEmbeddings = !fields.Has("tie_word_embeddings") || fields.Flag("tie_word_embeddings", true),
            Source = json,
        };
        fields.Ignore("tie_word_embeddings");
        return config with { MissingFields = [.. fields.Defaults], UnknownFields = [.. fields.Rest] };
    }

    private static AlbertShape ShapeOf(ConfigFields fields)
    {
        var shape = new AlbertShape
        {
            VocabSize = fields.Size("vocab_size", 30000),
            EmbeddingSize = fields.Size("embedding_size", 128),
            HiddenSize = fields.Size("hidden_size", 4096),
            IntermediateSize = fields.Size("intermediate_size", 16384),
            Layers = fields.Size("num_hidden_layers", 12, MostLayers),
            Groups = fields.Size("num_hidden_groups", 1, MostLayers),
            LayersPerGroup = fields.Size("inner_group_num", 1, MostLayers),
            AttentionHeads = fields.Size("num_attention_heads", 64),
            MaxPositions = fields.Size("max_position_embeddings", 512),
            TokenTypes = fields.Size("type_vocab_size", 2),
            LayerNormEpsilon = fields.Fraction("layer_norm_eps", 1e-12),
            Activation = fields.Text("hidden_act", "gelu_new"),
        };
        if (HiddenActivation.Find(shape.Activation) is null)
        {
            throw fields.Error($"hidden_act is {shape.Activation}; {HiddenActivation.Known} are known");
        }

        if (shape.Groups > shape.Layers)
        {
            throw fields.Error($"num_hidden_groups {shape.Groups} exceeds num_hidden_layers {shape.Layers}");
        }

        return shape.HiddenSize % shape.AttentionHeads == 0
            ? shape
            : throw fields.Error(
                $"hidden_size {shape.HiddenSize} is no multiple of num_attention_heads {shape.AttentionHeads}");
    }

    private static ImmutableArray<string> LabelsOf(ConfigFields fields)
    {
        if (fields.Object("id2label") is not { } byId)
        {
            var count = fields.Has("num_labels") ? fields.Size("num_labels", 2, MostLabels) : 2;
            fields.Ignore("num_labels");
            return [.. Enumerable.Range(0, count).Select(label => $"LABEL_{label}")];
        }

        fields.Ignore("num_labels");
        return
        [
            .. Enumerable.Range(0, byId.Count).Select(id => byId[$"{id}"] switch
            {
                JsonValue value when value.TryGetValue<string>(out var name) => name,
                null => throw fields.Error($"id2label has {byId.Count} labels, but none for {id}"),
                _ => throw fields.Error($"id2label {id} is no text"),
            }),
        ];
    }
}
