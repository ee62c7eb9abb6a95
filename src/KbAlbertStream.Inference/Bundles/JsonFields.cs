using System.Text.Json;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>
/// Reads the fields of a JSON object and notes everything that is wrong instead of stopping at the first fault. A getter
/// that found a fault returns something harmless; the caller looks at the errors in the end.
/// </summary>
internal sealed class JsonFields
{
    private readonly JsonElement _object;
    private readonly string _path;
    private readonly List<string> _errors;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public JsonFields(JsonElement value, string path, List<string> errors)
    {
        _object = value;
        _path = path;
        _errors = errors;
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fault(path.Length == 0 ? "the file" : path, "is no object");
        }
    }

    /// <summary>
    /// True for what a reader throws at a file that is no JSON: half a surrogate pair and bytes that are no UTF-8 are found
    /// only when the string is asked for.
    /// </summary>
    public static bool IsUnreadable(Exception fault) => fault is JsonException or InvalidOperationException;

    public string Text(string name) => Read(name, "a string", v => v.ValueKind == JsonValueKind.String ? v.GetString() : null) ?? "";

    public int Integer(string name) => Read(name, "an integer", v => v.TryInt32(out var i) ? (int?)i : null) ?? 0;

    public float Number(string name) => Read(name, "a number", v => v.TrySingle(out var x) ? (float?)x : null) ?? 0;

    public bool Flag(string name) => Read(
        name, "true or false", v => v.ValueKind is JsonValueKind.True or JsonValueKind.False ? (bool?)v.GetBoolean() : null) ?? false;

    /// <summary>True, false, or null where the field is missing.</summary>
    public bool? OptionalFlag(string name) =>
        _object.ValueKind == JsonValueKind.Object && _object.TryGetProperty(name, out _) ? Flag(name) : null;

    /// <summary>A string that stands for one of the given values.</summary>
    public T OneOf<T>(string name, params (string Name, T Value)[] choices)
        where T : struct
    {
        var expected = string.Join(" or ", choices.Select(choice => $"\"{choice.Name}\""));
        return Read(name, expected, v =>
        {
            var text = v.ValueKind == JsonValueKind.String ? v.GetString() : null;
            foreach (var (choice, value) in choices)
            {
                if (choice == text)
                {
                    return (T?)value;
                }
            }

            return null;
        }) ?? default;
    }

    /// <summary>An object.</summary>
    public JsonFields Object(string name) => new(
        Read(name, "an object", v => v.ValueKind == JsonValueKind.Object ? (JsonElement?)v : null) ?? EmptyObject,
        Join(name),
        _errors);

    /// <summary>An array of objects.</summary>
    public IEnumerable<JsonFields> Objects(string name) =>
        Items(name).Select((item, i) => new JsonFields(item, $"{Join(name)}[{i}]", _errors));

    /// <summary>An array of strings.</summary>
    public IEnumerable<string> Texts(string name) => Items(name).Select((item, i) =>
    {
        if (item.ValueKind != JsonValueKind.String)
        {
            Fault($"{Join(name)}[{i}]", "is no string");
            return "";
        }

        return item.GetString()!;
    });

    /// <summary>An array of integers.</summary>
    public IEnumerable<int> Integers(string name) => Items(name).Select((item, i) =>
    {
        if (!item.TryInt32(out var value))
        {
            Fault($"{Join(name)}[{i}]", "is no integer");
        }

        return value;
    });

    /// <summary>An array of numbers.</summary>
    public IEnumerable<float> Numbers(string name) => Items(name).Select((item, i) =>
    {
        if (!item.TrySingle(out var value))
        {
            Fault($"{Join(name)}[{i}]", "is no number");
        }

        return value;
    });

    /// <summary>The names of the fields, for an object that maps names to values.</summary>
    public IEnumerable<string> Names =>
        _object.ValueKind == JsonValueKind.Object ? [.. _object.EnumerateObject().Select(p => p.Name)] : [];

    /// <summary>Notes fields that were never asked for, and fields that come twice.</summary>
    public void Finish()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in Names)
        {
            if (!_known.Contains(name))
            {
                Fault(Join(name), "is not known");
            }

            if (!seen.Add(name))
            {
                Fault(Join(name), "comes twice");
            }
        }
    }

    private static JsonElement EmptyObject { get; } = JsonDocument.Parse("{}").RootElement;

    private JsonElement[] Items(string name) =>
        Read(name, "an array", v => v.ValueKind == JsonValueKind.Array ? (JsonElement?)v : null) is { } array
            ? [.. array.EnumerateArray()]
            : [];

    private T? Read<T>(string name, string expected, Func<JsonElement, T?> convert)
    {
        _known.Add(name);
        if (_object.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        if (!_object.TryGetProperty(name, out var value))
        {
            Fault(Join(name), "is missing");
            return default;
        }

        var result = convert(value);
        if (result is null)
        {
            Fault(Join(name), $"is not {expected}");
        }

        return result;
    }

    private string Join(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private void Fault(string what, string fault) => _errors.Add($"{what} {fault}");
}
