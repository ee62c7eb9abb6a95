using System.Text.Json;

namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// A <c>tokenizer.json</c> of the WordPiece kind. Every part that would change an id is read or demanded to be BERT's;
/// anything else is refused by its name.
/// </summary>
internal sealed class TokenizerJson
{
    private static readonly string[] Single = ["[CLS] 0", "A 0", "[SEP] 0"];
    private static readonly string[] Pair = [.. Single, "B 1", "[SEP] 1"];

    private TokenizerJson(JsonPart file)
    {
        var model = file.Object("model");
        model.Demand("type", "WordPiece");
        model.Demand("unk_token", "[UNK]");
        model.Demand("continuing_subword_prefix", Vocabulary.Continuation);
        if (model.Integer("max_input_chars_per_word") is var limit && limit != WordSplitter.MaxCodePoints)
        {
            throw model.Fault("max_input_chars_per_word", $"is {limit}, only {WordSplitter.MaxCodePoints} is read");
        }

        Options = ReadNormalizer(file.Object("normalizer"));
        file.Object("pre_tokenizer").Demand("type", "BertPreTokenizer");
        CheckPostProcessor(file.Object("post_processor"));
        Vocabulary = ReadVocabulary(model.Object("vocab"));
        AddedTokens.Check(file, Vocabulary);
    }

    /// <summary>The vocabulary.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>What its normalizer does.</summary>
    public TokenizerOptions Options { get; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="TokenizerException">It is damaged, or of another kind.</exception>
    public static TokenizerJson Parse(byte[] file, string name) => JsonPart.Read(file, name, json => new TokenizerJson(json));

    private static TokenizerOptions ReadNormalizer(JsonPart normalizer)
    {
        normalizer.Demand("type", "BertNormalizer");
        if (normalizer.OptionalFlag("clean_text") is false)
        {
            throw normalizer.Fault("clean_text", "is false, only true is read");
        }

        return new TokenizerOptions
        {
            LowerCase = normalizer.OptionalFlag("lowercase") ?? true,
            StripAccents = normalizer.OptionalFlag("strip_accents"),
            SeparateIdeographs = normalizer.OptionalFlag("handle_chinese_chars") ?? true,
        };
    }

    private static Vocabulary ReadVocabulary(JsonPart vocabulary)
    {
        var entries = vocabulary.Fields.ToArray();
        var tokens = new string?[entries.Length];
        foreach (var (token, value) in entries)
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var id) || (uint)id >= (uint)tokens.Length)
            {
                throw vocabulary.Fault($"gives '{JsonPart.Shorten(token)}' no id from 0 to {tokens.Length - 1}");
            }

            tokens[id] = tokens[id] is null ? token
                : throw vocabulary.Fault($"gives the id {id} to '{JsonPart.Shorten(tokens[id]!)}' and '{JsonPart.Shorten(token)}'");
        }

        // As many ids as tokens, none twice and none beyond them: there is no gap.
        var made = Vocabulary.FromTokens(tokens!);
        return made.Ids.Count == tokens.Length + made.Added.Length ? made : throw vocabulary.Fault("has a token twice");
    }

    private static void CheckPostProcessor(JsonPart processor)
    {
        if (processor.OptionalText("type") == "BertProcessing")
        {
            CheckBertToken(processor, "cls", "[CLS]");
            CheckBertToken(processor, "sep", "[SEP]");
            return;
        }

        processor.Demand("type", "TemplateProcessing");
        CheckTemplate(processor, "single", Single);
        CheckTemplate(processor, "pair", Pair);
    }

    private static void CheckBertToken(JsonPart processor, string name, string expected)
    {
        if (processor.Items(name) is not [{ ValueKind: JsonValueKind.String } token, ..] || token.GetString() != expected)
        {
            throw processor.Fault(name, $"is not {expected}");
        }
    }

    private static void CheckTemplate(JsonPart processor, string name, string[] expected)
    {
        var actual = processor.Items(name).Select(item =>
        {
            var part = processor.Item(item, name);
            var piece = part.OptionalObject("SpecialToken") ?? part.Object("Sequence");
            return $"{piece.OptionalText("id")} {piece.Integer("type_id")}";
        });
        if (!actual.SequenceEqual(expected))
        {
            throw processor.Fault(name, "is not BERT's");
        }
    }
}
