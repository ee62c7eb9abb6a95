using System.Text.Json;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>Numbers of a JSON document; JsonElement's own methods throw for values that are no numbers.</summary>
internal static class JsonNumbers
{
    public static bool TryInt32(this JsonElement value, out int number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out number);
    }

    public static bool TrySingle(this JsonElement value, out float number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out number) && float.IsFinite(number);
    }
}
