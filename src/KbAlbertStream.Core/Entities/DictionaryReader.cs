using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace KbAlbertStream.Core.Entities;

/// <summary>Reads the JSON of a dictionary and notes every fault with its place instead of stopping at the first.</summary>
internal sealed class DictionaryReader
{
    private static readonly string[] RootFields = ["version", "institutions", "not_institutions"];

    private static readonly string[] InstitutionFields =
    [
        "id", "name", "type", "group", "ticker", "aliases", "former_names", "products", "field_only", "valid_from",
        "valid_to",
    ];

    private static readonly string[] NameFields = ["name", "valid_from", "valid_to"];

    private readonly List<string> _errors = [];

    public static DictionaryFile Read(ReadOnlyMemory<byte> json, out List<string> errors)
    {
        var reader = new DictionaryReader();
        errors = reader._errors;
        try
        {
            using var document = JsonDocument.Parse(json);
            return reader.ReadRoot(document.RootElement);
        }
        catch (JsonException e)
        {
            errors.Add($"no JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine}");
            return new DictionaryFile("", [], []);
        }
        catch (InvalidOperationException)
        {
            // JSON can escape half a surrogate pair, which no string that is compared or stored may hold.
            errors.Add("a text holds half a surrogate pair");
            return new DictionaryFile("", [], []);
        }
    }

    private DictionaryFile ReadRoot(JsonElement root)
    {
        if (!IsObject(root, "file", RootFields))
        {
            return new DictionaryFile("", [], []);
        }

        var institutions = List(root, "institutions", "file").Select(ReadInstitution).OfType<Institution>().ToImmutableArray();
        var nots = List(root, "not_institutions", "file").Select((item, i) => Text(item, $"not_institutions[{i}]"));
        return new DictionaryFile(Text(root, "version", "file") ?? "", institutions, [.. nots.OfType<string>()]);
    }

    private Institution? ReadInstitution(JsonElement item, int index)
    {
        var place = $"institutions[{index}]";
        if (!IsObject(item, place, InstitutionFields))
        {
            return null;
        }

        var id = Text(item, "id", place);
        var name = Text(item, "name", place);
        var type = Text(item, "type", place);
        if (id is null || name is null || type is null)
        {
            return null;
        }

        place = $"{place} ({id})";
        var names = ImmutableArray.CreateBuilder<InstitutionName>();
        names.Add(new InstitutionName(name, NameUse.Everywhere, Day(item, "valid_from", place), Day(item, "valid_to", place)));
        foreach (var field in (string[])["aliases", "former_names", "products", "field_only"])
        {
            var use = field == "field_only" ? NameUse.FieldOnly : NameUse.Everywhere;
            names.AddRange(List(item, field, place)
                .Select((alias, i) => ReadName(alias, $"{place}.{field}[{i}]", use)).OfType<InstitutionName>());
        }

        return new Institution(
            id, name, type, OptionalText(item, "group", place), OptionalText(item, "ticker", place), names.ToImmutable());
    }

    private InstitutionName? ReadName(JsonElement item, string place, NameUse use)
    {
        if (item.ValueKind == JsonValueKind.Object)
        {
            return IsObject(item, place, NameFields) && Text(item, "name", place) is { } name
                ? new InstitutionName(name, use, Day(item, "valid_from", place), Day(item, "valid_to", place))
                : null;
        }

        return Text(item, place) is { } text ? new InstitutionName(text, use) : null;
    }

    private bool IsObject(JsonElement element, string place, string[] fields)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            _errors.Add($"{place}: an object is expected");
            return false;
        }

        foreach (var property in element.EnumerateObject().Where(property => !fields.Contains(property.Name)))
        {
            _errors.Add($"{place}: unknown field '{property.Name}'");
        }

        return true;
    }

    private JsonElement[] List(JsonElement owner, string field, string place)
    {
        if (!owner.TryGetProperty(field, out var list))
        {
            return [];
        }

        if (list.ValueKind == JsonValueKind.Array)
        {
            return [.. list.EnumerateArray()];
        }

        _errors.Add($"{place}.{field}: a list is expected");
        return [];
    }

    private string? Text(JsonElement owner, string field, string place)
    {
        if (owner.TryGetProperty(field, out var value))
        {
            return Text(value, $"{place}.{field}");
        }

        _errors.Add($"{place}.{field}: missing");
        return null;
    }

    private string? OptionalText(JsonElement owner, string field, string place) =>
        owner.TryGetProperty(field, out var value) ? Text(value, $"{place}.{field}") : null;

    private string? Text(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()))
        {
            return value.GetString();
        }

        _errors.Add($"{place}: a text that is not blank is expected");
        return null;
    }

    private DateOnly? Day(JsonElement owner, string field, string place)
    {
        if (!owner.TryGetProperty(field, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(
            value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        _errors.Add($"{place}.{field}: a date yyyy-MM-dd is expected");
        return null;
    }
}
