using System.Text.Encodings.Web;
using System.Text.Json;
using KbAlbertStream.Core.Tokenization;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>Writes a manifest so that <see cref="ManifestReader"/> reads it back the same.</summary>
internal static class ManifestWriter
{
    private static readonly JsonWriterOptions Readable =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(BundleManifest manifest)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("format", BundleManifest.Format);
            json.WriteString("name", manifest.Name);
            json.WriteString("version", manifest.Version);
            WriteTokenizer(json, manifest.Tokenizer);
            json.WriteNumber("max_length", manifest.MaxLength);
            WriteEncoder(json, manifest);
            json.WriteStartArray("heads");
            foreach (var head in manifest.Heads)
            {
                WriteHead(json, head);
            }

            json.WriteEndArray();
            json.WriteString("label_set_version", manifest.LabelSetVersion);
            json.WriteString("training_data_sha256", manifest.TrainingDataSha256);
            json.WriteStartObject("files");
            foreach (var (name, hash) in manifest.Files)
            {
                json.WriteString(name, hash);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void WriteTokenizer(Utf8JsonWriter json, TokenizerOptions tokenizer)
    {
        json.WriteStartObject("tokenizer");
        json.WriteString("kind", TokenizerKinds.NameOf(tokenizer.Kind));
        json.WriteString(
            "special_tokens_in_text", ManifestNames.SpecialTokens.First(s => s.Value == tokenizer.SpecialTokens).Name);
        if (tokenizer.LowerCase)
        {
            json.WriteBoolean(ManifestNames.LowerCase, true);
        }

        if (tokenizer.StripAccents is { } strips)
        {
            json.WriteBoolean(ManifestNames.StripAccents, strips);
        }

        if (!tokenizer.SeparateIdeographs)
        {
            json.WriteBoolean(ManifestNames.SeparateIdeographs, false);
        }

        json.WriteEndObject();
    }

    private static void WriteEncoder(Utf8JsonWriter json, BundleManifest manifest)
    {
        var encoder = manifest.Encoder;
        json.WriteStartObject("encoder");
        json.WriteNumber("vocabulary_size", encoder.VocabularySize);
        json.WriteNumber("embedding_size", encoder.EmbeddingSize);
        json.WriteNumber("hidden_size", encoder.HiddenSize);
        json.WriteNumber("layers", encoder.Layers);
        json.WriteNumber("hidden_groups", encoder.HiddenGroups);
        json.WriteNumber("inner_layers", encoder.InnerLayers);
        json.WriteNumber("attention_heads", encoder.AttentionHeads);
        json.WriteNumber("intermediate_size", encoder.IntermediateSize);
        json.WriteNumber("max_positions", encoder.MaxPositions);
        json.WriteString("activation", ManifestNames.Activations.First(a => a.Value == encoder.Activation).Name);
        json.WriteNumber("layer_norm_epsilon", encoder.LayerNormEpsilon);
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, BundleHead head)
    {
        json.WriteStartObject();
        json.WriteString("name", head.Name);
        json.WriteString("kind", ManifestNames.HeadKinds.First(kind => kind.Value == head.Kind).Name);
        json.WriteBoolean("single_label", head.SingleLabel);
        json.WriteStartArray("labels");
        foreach (var label in head.Labels)
        {
            json.WriteStringValue(label);
        }

        json.WriteEndArray();
        json.WriteNumber("temperature", head.Temperature);
        if (!head.SingleLabel)
        {
            json.WriteStartObject("thresholds");
            foreach (var (label, threshold) in head.Labels.Zip(head.Thresholds))
            {
                json.WriteNumber(label, threshold);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
