using System.Text.Json;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// The tokens that a folder's JSON files add to a vocabulary. Only BERT's five special tokens are known, spelled as
/// usual; another one would have to be cut out of texts, too, so a folder that adds one is refused.
/// </summary>
internal static class AddedTokens
{
    private static readonly (string Field, string Literal)[] Named =
    [
        ("unk_token", "[UNK]"), ("sep_token", "[SEP]"), ("pad_token", "[PAD]"), ("cls_token", "[CLS]"), ("mask_token", "[MASK]"),
    ];

    private static readonly string[] Lists = ["additional_special_tokens", "extra_special_tokens"];

    /// <summary>Checks <c>tokenizer_config.json</c> or <c>special_tokens_map.json</c>.</summary>
    public static void CheckNames(JsonPart file)
    {
        foreach (var (name, value) in file.Fields)
        {
            if (Named.FirstOrDefault(named => named.Field == name).Literal is { } literal)
            {
                if (value.ValueKind != JsonValueKind.Null && Content(file, name, value) is var actual && actual != literal)
                {
                    throw file.Fault(name, $"is '{JsonPart.Shorten(actual)}', only '{literal}' is read");
                }
            }
            else if (Lists.Contains(name) && value.ValueKind is JsonValueKind.Array)
            {
                foreach (var item in value.EnumerateArray())
                {
                    CheckLiteral(file, Content(file, name, item));
                }
            }
            else if (Lists.Contains(name) && value.ValueKind is JsonValueKind.Object)
            {
                foreach (var item in value.EnumerateObject())
                {
                    CheckLiteral(file, Content(file, name, item.Value));
                }
            }
            else if (name == "added_tokens_decoder" && value.ValueKind is JsonValueKind.Object)
            {
                foreach (var item in value.EnumerateObject())
                {
                    CheckLiteral(file, Content(file, name, item.Value));
                }
            }
        }
    }

    /// <summary>Checks <c>added_tokens.json</c>, which maps tokens to ids.</summary>
    public static void CheckMap(JsonPart file)
    {
        foreach (var (token, _) in file.Fields)
        {
            CheckLiteral(file, token);
        }
    }

    /// <summary>Checks the list in <c>tokenizer.json</c> against the vocabulary.</summary>
    public static void Check(JsonPart file, Vocabulary vocabulary)
    {
        foreach (var item in file.Items("added_tokens"))
        {
            var token = file.Item(item, "added_tokens");
            var content = token.OptionalText("content") ?? throw token.Fault("have one without content");
            CheckLiteral(file, content);
            if (token.Integer("id") is var id && vocabulary.Ids[content] != id)
            {
                throw token.Fault($"give {content} the id {id}, the vocabulary {vocabulary.Ids[content]}");
            }

            foreach (var flag in (string[])["single_word", "lstrip", "rstrip", "normalized"])
            {
                if (token.OptionalFlag(flag) is true)
                {
                    throw token.Fault($"have {content} with {flag}, which is not read");
                }
            }
        }
    }

    private static string Content(JsonPart file, string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object when value.TryGetProperty("content", out var content)
            && content.ValueKind == JsonValueKind.String => content.GetString()!,
        _ => throw file.Fault(name, "is no token"),
    };

    private static void CheckLiteral(JsonPart file, string token)
    {
        if (!SpecialTokens.Literals.Contains(token))
        {
            throw file.Fault($"adds the token '{JsonPart.Shorten(token)}', only {string.Join(' ', SpecialTokens.Literals)} are read");
        }
    }
}
