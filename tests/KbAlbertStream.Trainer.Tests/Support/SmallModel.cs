using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using KbAlbertStream.Trainer.Modelling;

namespace KbAlbertStream.Trainer.Tests.Support;

/// <summary>Weight files of the small formula model.</summary>
internal static class SmallModel
{
    /// <summary>Name, shape and values of every weight.</summary>
    public static List<(string Name, long[] Shape, float[] Values)> Weights()
    {
        using var model = FormulaFolder.Model();
        return [.. model.Weights.ByName.Select(pair => (pair.Key, pair.Value.shape, pair.Value.data<float>().ToArray()))];
    }

    /// <summary>The weights as tensors of a state dict.</summary>
    public static TorchFileWriter.Entry[] Entries() =>
        [.. Weights().Select(weight => TorchFileWriter.Floats(weight.Name, weight.Values, weight.Shape))];

    /// <summary>A safetensors file of any header.</summary>
    public static byte[] Safetensors(string header, byte[] body)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        return [.. length, .. json, .. body];
    }

    /// <summary>Puts a file beside the small model's config.json and reads the classifier.</summary>
    public static AlbertForSequenceClassification Read(TemporaryFolder folder, string name, byte[] content, string config = FormulaFolder.SmallConfig)
    {
        File.WriteAllText(folder.In("config.json"), config);
        File.WriteAllBytes(folder.In(name), content);
        return AlbertForSequenceClassification.FromPretrained(folder.Path);
    }

    /// <summary>The small model's config.json with one field changed; null takes it out.</summary>
    public static string Config(string field, JsonNode? value)
    {
        var json = JsonNode.Parse(FormulaFolder.SmallConfig)!.AsObject();
        json.Remove(field);
        if (value is not null)
        {
            json[field] = value;
        }

        return json.ToJsonString();
    }
}
