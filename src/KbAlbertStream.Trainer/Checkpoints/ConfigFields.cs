using System.Text.Json.Nodes;

namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>
/// Takes fields out of a config.json, each with its limits, and remembers which were missing and which nobody took.
/// </summary>
internal sealed class ConfigFields(string path, JsonObject json)
{
    // Sizes beyond these belong to no ALBERT, and their products would not fit 64 bits.
    private const int Largest = 1 << 24;
    private readonly HashSet<string> _taken = [];
    private readonly List<string> _defaults = [];

    /// <summary>Fields that were missing and the values that were taken.</summary>
    public IReadOnlyList<string> Defaults => _defaults;

    /// <summary>Fields that nobody took.</summary>
    public IEnumerable<string> Rest => json.Select(pair => pair.Key).Where(name => !_taken.Contains(name));

    /// <summary>Whether the field is there and not null.</summary>
    public bool Has(string name) => json[name] is not null;

    /// <summary>A size of at least 1.</summary>
    public int Size(string name, int missing, int most = Largest)
    {
        if (Take(name, missing) is not { } node)
        {
            return missing;
        }

        return node is JsonValue value && value.TryGetValue<int>(out var size) && size >= 1 && size <= most
            ? size
            : throw Error($"{name} is {Shortened(node)}, a whole number from 1 to {most} is needed");
    }

    /// <summary>A probability below 1, or another number in that range.</summary>
    public double Fraction(string name, double missing)
    {
        if (Take(name, missing) is not { } node)
        {
            return missing;
        }

        return node is JsonValue value && value.TryGetValue<double>(out var fraction) && fraction >= 0 && fraction < 1
            ? fraction
            : throw Error($"{name} is {Shortened(node)}, a number from 0 to below 1 is needed");
    }

    /// <summary>A text.</summary>
    public string Text(string name, string missing)
    {
        if (Take(name, missing) is not { } node)
        {
            return missing;
        }

        return node is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw Error($"{name} is {Shortened(node)}, a text is needed");
    }

    /// <summary>True or false; false is what Transformers assumes for the fields that are asked for here.</summary>
    public bool Flag(string name, bool missing)
    {
        if (Take(name, missing) is not { } node)
        {
            return missing;
        }

        return node is JsonValue value && value.TryGetValue<bool>(out var flag)
            ? flag
            : throw Error($"{name} is {Shortened(node)}, true or false is needed");
    }

    /// <summary>An object; null when it is missing.</summary>
    public JsonObject? Object(string name)
    {
        _taken.Add(name);
        return json[name] is not { } node ? null
            : node as JsonObject ?? throw Error($"{name} is {Shortened(node)}, an object is needed");
    }

    /// <summary>Fields that mean nothing here.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _taken.Add(name);
        }
    }

    /// <summary>An error of this file.</summary>
    public CheckpointException Error(string reason) => new(path, reason);

    private JsonNode? Take(string name, object missing)
    {
        _taken.Add(name);
        if (json[name] is { } node)
        {
            return node;
        }

        _defaults.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} = {missing}"));
        return null;
    }

    private static string Shortened(JsonNode node)
    {
        var text = node.ToJsonString();
        return text.Length <= 80 ? text : text[..80] + "...";
    }
}
