using System.Text;
using System.Text.Json.Nodes;

namespace KbAlbertStream.Tests.Core.Tokenization;

/// <summary>A folder with a tokenizer's files, deleted when disposed.</summary>
internal sealed class TokenizerFiles : IDisposable
{
    public const string Vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n가\n##나\na\n##a\n\u00e9\n金\n##金\n";

    public string Folder { get; } = Directory.CreateTempSubdirectory("kbas-tokenizer-").FullName;

    /// <summary>A tokenizer.json over the same vocabulary.</summary>
    public static JsonNode Json() => JsonNode.Parse("""
        {
          "version": "1.0", "truncation": null, "padding": null,
          "added_tokens": [
            { "id": 0, "content": "[PAD]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true },
            { "id": 4, "content": "[MASK]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true }
          ],
          "normalizer": { "type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true, "strip_accents": null, "lowercase": false },
          "pre_tokenizer": { "type": "BertPreTokenizer" },
          "post_processor": {
            "type": "TemplateProcessing",
            "single": [
              { "SpecialToken": { "id": "[CLS]", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } },
              { "SpecialToken": { "id": "[SEP]", "type_id": 0 } }
            ],
            "pair": [
              { "SpecialToken": { "id": "[CLS]", "type_id": 0 } }, { "Sequence": { "id": "A", "type_id": 0 } },
              { "SpecialToken": { "id": "[SEP]", "type_id": 0 } }, { "Sequence": { "id": "B", "type_id": 1 } },
              { "SpecialToken": { "id": "[SEP]", "type_id": 1 } }
            ],
            "special_tokens": {}
          },
          "decoder": { "type": "WordPiece", "prefix": "##", "cleanup": true },
          "model": {
            "type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100,
            "vocab": {
              "[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "[MASK]": 4, "가": 5, "##나": 6, "a": 7, "##a": 8, "\u00e9": 9,
              "金": 10, "##金": 11
            }
          }
        }
        """)!;

    /// <summary>A tokenizer_config.json as Transformers 4 writes it.</summary>
    public static JsonNode Config() => JsonNode.Parse("""
        {
          "added_tokens_decoder": { "0": { "content": "[PAD]", "special": true }, "4": { "content": "[MASK]", "special": true } },
          "clean_up_tokenization_spaces": true, "cls_token": "[CLS]", "do_lower_case": false,
          "mask_token": { "__type": "AddedToken", "content": "[MASK]" }, "model_max_length": 512, "pad_token": "[PAD]",
          "sep_token": "[SEP]", "strip_accents": null, "tokenize_chinese_chars": true, "tokenizer_class": "BertTokenizer",
          "unk_token": "[UNK]"
        }
        """)!;

    public TokenizerFiles With(string name, string content) => With(name, Encoding.UTF8.GetBytes(content));

    public TokenizerFiles With(string name, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(Folder, name), content);
        return this;
    }

    public TokenizerFiles With(string name, JsonNode content) => With(name, content.ToJsonString());

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
