using System.Collections.Immutable;
using System.Text.Json;
using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Inference.Graphs;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>Reads <c>manifest.json</c> strictly: a field that is missing, unknown, doubled or impossible is an error.</summary>
internal static class ManifestReader
{
    /// <summary>The manifest; <paramref name="errors"/> holds all that is wrong, and the result is null if there is any.</summary>
    public static BundleManifest? Read(ReadOnlyMemory<byte> json, out List<string> errors)
    {
        errors = [];
        try
        {
            using var document = JsonDocument.Parse(json);
            var manifest = Read(new JsonFields(document.RootElement, "", errors), errors);
            if (errors.Count == 0)
            {
                errors.AddRange(manifest.Errors());
            }

            return errors.Count == 0 ? manifest : null;
        }
        catch (Exception e) when (JsonFields.IsUnreadable(e))
        {
            errors.Add($"{BundleNames.Manifest} is no JSON: {e.Message}");
            return null;
        }
    }

    private static BundleManifest Read(JsonFields fields, List<string> errors)
    {
        if (fields.Integer("format") is var format && format != BundleManifest.Format)
        {
            errors.Add($"format is {format}, this version reads {BundleManifest.Format}");
        }

        var manifest = new BundleManifest
        {
            Name = fields.Text("name"),
            Version = fields.Text("version"),
            Tokenizer = ReadTokenizer(fields.Object("tokenizer"), errors),
            MaxLength = fields.Integer("max_length"),
            Encoder = ReadEncoder(fields.Object("encoder")),
            Heads = [.. fields.Objects("heads").Select(ReadHead)],
            LabelSetVersion = fields.Text("label_set_version"),
            TrainingDataSha256 = fields.Text("training_data_sha256"),
            Files = ReadFiles(fields.Object("files")),
        };
        fields.Finish();
        return manifest;
    }

    private static TokenizerOptions ReadTokenizer(JsonFields fields, List<string> errors)
    {
        var cased = new TokenizerOptions
        {
            Kind = fields.OneOf("kind", [.. TokenizerKinds.Names]),
            SpecialTokens = fields.OneOf("special_tokens_in_text", ManifestNames.SpecialTokens),
        };
        var tokenizer = cased with
        {
            LowerCase = fields.OptionalFlag(ManifestNames.LowerCase) ?? false,
            StripAccents = fields.OptionalFlag(ManifestNames.StripAccents),
            SeparateIdeographs = fields.OptionalFlag(ManifestNames.SeparateIdeographs) ?? true,
        };
        fields.Finish();
        if (cased.Kind == TokenizerKind.KbCharV1 && tokenizer != cased)
        {
            errors.Add("tokenizer.kind kb-char-v1 has none of wordpiece's options");
        }

        return tokenizer;
    }

    private static EncoderShape ReadEncoder(JsonFields fields)
    {
        var shape = new EncoderShape
        {
            VocabularySize = fields.Integer("vocabulary_size"),
            EmbeddingSize = fields.Integer("embedding_size"),
            HiddenSize = fields.Integer("hidden_size"),
            Layers = fields.Integer("layers"),
            HiddenGroups = fields.Integer("hidden_groups"),
            InnerLayers = fields.Integer("inner_layers"),
            AttentionHeads = fields.Integer("attention_heads"),
            IntermediateSize = fields.Integer("intermediate_size"),
            MaxPositions = fields.Integer("max_positions"),
            Activation = fields.OneOf("activation", ManifestNames.Activations),
            LayerNormEpsilon = fields.Number("layer_norm_epsilon"),
        };
        fields.Finish();
        return shape;
    }

    private static BundleHead ReadHead(JsonFields fields)
    {
        var name = fields.Text("name");
        var labels = fields.Texts("labels").ToImmutableArray();
        var single = fields.Flag("single_label");
        var head = new BundleHead
        {
            Name = name,
            Kind = fields.OneOf("kind", ManifestNames.HeadKinds),
            SingleLabel = single,
            Labels = labels,
            Temperature = fields.Number("temperature"),
            Thresholds = single ? [] : ReadThresholds(fields.Object("thresholds"), labels),
        };
        fields.Finish();
        return head;
    }

    private static ImmutableArray<float> ReadThresholds(JsonFields fields, ImmutableArray<string> labels)
    {
        ImmutableArray<float> thresholds = [.. labels.Select(fields.Number)];
        fields.Finish();
        return thresholds;
    }

    private static ImmutableSortedDictionary<string, string> ReadFiles(JsonFields fields)
    {
        var files = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var name in fields.Names)
        {
            files[name] = fields.Text(name);
        }

        fields.Finish();
        return files.ToImmutable();
    }
}
