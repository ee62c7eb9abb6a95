using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>The contents of <c>golden.json</c>.</summary>
/// <param name="Tolerance">The largest difference of a logit that still passes.</param>
/// <param name="Texts">The texts, at least one.</param>
internal sealed record GoldenTexts(float Tolerance, ImmutableArray<GoldenText> Texts)
{
    /// <summary>For a graph that computes in float32, on any machine.</summary>
    public const float Float32Tolerance = 1e-4f;

    /// <summary>For a graph that computes in float16, against float32.</summary>
    public const float Float16Tolerance = 5e-3f;

    /// <summary>For a graph that computes in 8-bit integers: processors without VNNI saturate where others do not.</summary>
    public const float EightBitTolerance = 0.5f;

    private static readonly JsonWriterOptions Readable =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads the file; null with errors when it does not fit the manifest.</summary>
    public static GoldenTexts? Read(ReadOnlyMemory<byte> json, BundleManifest manifest, List<string> errors)
    {
        var faults = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(json);
            var fields = new JsonFields(document.RootElement, "", faults);
            var golden = new GoldenTexts(
                fields.Number("tolerance"), [.. fields.Objects("texts").Select(text => ReadText(text, manifest))]);
            fields.Finish();
            if (golden.Texts.IsEmpty || golden.Tolerance is not (> 0 and <= 1))
            {
                faults.Add("needs texts and a tolerance between 0 and 1");
            }

            foreach (var text in golden.Texts)
            {
                if (!text.Logits.Select(head => head.Length).SequenceEqual(manifest.Heads.Select(head => head.Labels.Length)))
                {
                    faults.Add("has logits that do not fit the heads of the manifest");
                    break;
                }
            }

            errors.AddRange(faults.Select(fault => $"{BundleNames.Golden}: {fault}"));
            return faults.Count == 0 ? golden : null;
        }
        catch (Exception e) when (JsonFields.IsUnreadable(e))
        {
            errors.Add($"{BundleNames.Golden} is no JSON: {e.Message}");
            return null;
        }
    }

    /// <summary>The bytes of the file.</summary>
    public byte[] Write(BundleManifest manifest)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("tolerance", Tolerance);
            json.WriteStartArray("texts");
            foreach (var text in Texts)
            {
                json.WriteStartObject();
                json.WriteString("text", text.Text);
                json.WriteStartArray("ids");
                foreach (var id in text.Ids)
                {
                    json.WriteNumberValue(id);
                }

                json.WriteEndArray();
                json.WriteStartObject("logits");
                foreach (var (head, logits) in manifest.Heads.Zip(text.Logits))
                {
                    json.WriteStartArray(head.Name);
                    foreach (var logit in logits)
                    {
                        json.WriteNumberValue(logit);
                    }

                    json.WriteEndArray();
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static GoldenText ReadText(JsonFields fields, BundleManifest manifest)
    {
        var logits = fields.Object("logits");
        var text = new GoldenText(
            fields.Text("text"),
            [.. fields.Integers("ids")],
            [.. manifest.Heads.Select(head => logits.Numbers(head.Name).ToImmutableArray())]);
        logits.Finish();
        fields.Finish();
        return text;
    }
}
