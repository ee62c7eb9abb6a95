using System.Text.Json;
using KbAlbertStream.Trainer.Modelling;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Support;

/// <summary>What lies in golden/models, computed by Transformers.</summary>
internal static class GoldenFiles
{
    /// <summary>Tolerance of golden/models/README.md for everything but training.</summary>
    public const double Tolerance = 2e-5;

    public static string PathOf(params string[] parts) => SharedData.Require(["golden", "models", .. parts]);

    public static JsonElement Json(params string[] parts) => JsonDocument.Parse(File.ReadAllBytes(PathOf(parts))).RootElement;

    /// <summary>Ids, mask and types as Transformers got them.</summary>
    public static TokenBatch Batch(JsonElement inputs) => TokenBatch.Of(
        inputs.GetProperty("input_ids").Deserialize<int[][]>()!,
        inputs.GetProperty("attention_mask").Deserialize<int[][]>()!,
        inputs.GetProperty("token_type_ids").Deserialize<int[][]>()!);

    /// <summary>Asserts shape and values; the largest difference is in the message.</summary>
    public static void AssertClose(JsonElement expected, Tensor actual, double tolerance = Tolerance)
    {
        using var scope = NewDisposeScope();
        var values = new List<float>();
        var shape = new List<long>();
        Flatten(expected, 0);
        Assert.Equal(shape, actual.shape);
        var difference = (tensor(values.ToArray(), [.. shape]) - actual).abs().max().ToDouble();
        Assert.True(difference <= tolerance, $"the largest difference is {difference:E2}");

        void Flatten(JsonElement element, int depth)
        {
            if (element.ValueKind != JsonValueKind.Array)
            {
                values.Add(element.GetSingle());
                return;
            }

            if (shape.Count == depth)
            {
                shape.Add(element.GetArrayLength());
            }

            foreach (var item in element.EnumerateArray())
            {
                Flatten(item, depth + 1);
            }
        }
    }
}
