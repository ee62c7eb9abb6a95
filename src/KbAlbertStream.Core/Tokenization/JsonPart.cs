using System.Text.Json;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>An object of a tokenizer's JSON file. What is not as it should be is an exception that names the place.</summary>
internal readonly struct JsonPart
{
    private readonly JsonElement _value;
    private readonly string _path;

    private JsonPart(JsonElement value, string path)
    {
        (_value, _path) = (value, path);
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Fault("is no object");
        }
    }

    /// <summary>Every field with its name.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Fields => _value.EnumerateObject().Select(f => (f.Name, f.Value));

    /// <summary>Parses a file and reads its outermost object.</summary>
    /// <exception cref="TokenizerException">It is no JSON, or <paramref name="read"/> found something wrong.</exception>
    public static T Read<T>(byte[] file, string name, Func<JsonPart, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(file);
            return read(new JsonPart(document.RootElement, name));
        }
        catch (JsonException e)
        {
            // The parser's own message can hold as much of the file as the writer likes.
            throw new TokenizerException($"{name} is no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine}.", e);
        }
        catch (InvalidOperationException e)
        {
            // A string whose bytes are no UTF-8 or whose escapes are half a surrogate pair is found when it is read.
            throw new TokenizerException($"{name} holds a string that is no Unicode text.", e);
        }
    }

    /// <summary>An exception about this object.</summary>
    public TokenizerException Fault(string fault) => new($"{_path} {fault}.");

    /// <summary>An exception about a field.</summary>
    public TokenizerException Fault(string name, string fault) => new($"{_path}: {name} {fault}.");

    /// <summary>An object, null where it is missing or null.</summary>
    public JsonPart? OptionalObject(string name) =>
        Find(name) is { } value ? new JsonPart(value, $"{_path}: {name}") : null;

    /// <summary>An object.</summary>
    public JsonPart Object(string name) => OptionalObject(name) ?? throw Fault(name, "is missing");

    /// <summary>The items of an array; none where it is missing or null.</summary>
    public JsonElement[] Items(string name) => Find(name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()]
        : throw Fault(name, "is no array");

    /// <summary>An item of an array of objects.</summary>
    public JsonPart Item(JsonElement item, string name) => new(item, $"{_path}: {name}");

    /// <summary>A string, null where it is missing or null.</summary>
    public string? OptionalText(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Fault(name, "is no string");

    /// <summary>True or false, null where it is missing or null.</summary>
    public bool? OptionalFlag(string name) => Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Fault(name, "is neither true nor false");

    /// <summary>An integer.</summary>
    public int Integer(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number)
        ? number
        : throw Fault(name, "is no integer");

    /// <summary>A number, null where it is missing or null.</summary>
    public double? OptionalNumber(string name) => Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : throw Fault(name, "is no number");

    /// <summary>A string that can only be the given one.</summary>
    public void Demand(string name, string expected)
    {
        if (OptionalText(name) is var actual && actual != expected)
        {
            throw Fault(name, $"is {(actual is null ? "missing" : $"'{Shorten(actual)}'")}, only '{expected}' is read");
        }
    }

    /// <summary>As much of a text as a message should hold.</summary>
    public static string Shorten(string text) => text.Length <= 60 ? text : $"{text.AsSpan(0, 60)}...";

    private JsonElement? Find(string name) =>
        _value.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
