namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// The tokenizer of a folder as Hugging Face's <c>save_pretrained</c> leaves it, chosen by its files: what
/// <c>AutoTokenizer.from_pretrained</c> would give, or a reason why not.
/// </summary>
/// <remarks>
/// 1. The class that <c>tokenizer_config.json</c> names decides the kind; without that file it is BERT's, which
/// lower-cases. 2. A <c>tokenizer.json</c> gives the vocabulary, else <c>vocab.txt</c> does. 3. Options in
/// <c>tokenizer_config.json</c> hold over those in <c>tokenizer.json</c>, as in <c>BertTokenizerFast</c>.
/// </remarks>
public sealed class TokenizerFolder
{
    /// <summary>Larger files than this are refused: the largest vocabularies there are have a tenth of it.</summary>
    private const int MaxBytes = 64 << 20;

    private const string VocabularyName = "vocab.txt";
    private const string ConfigName = "tokenizer_config.json";
    private const string JsonName = "tokenizer.json";
    private const string SpecialTokensName = "special_tokens_map.json";
    private const string AddedTokensName = "added_tokens.json";

    private TokenizerFolder(string path, Vocabulary vocabulary, TokenizerOptions options, int? maxLength)
    {
        Path = path;
        Vocabulary = vocabulary;
        Options = options;
        MaxLength = maxLength;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Its vocabulary.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Its options; special tokens written out in a text count, as in Transformers.</summary>
    public TokenizerOptions Options { get; }

    /// <summary><c>model_max_length</c>; null when the folder names none.</summary>
    public int? MaxLength { get; }

    /// <summary>Reads a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="kind">The kind, for a folder whose files do not tell; null lets them decide.</param>
    /// <exception cref="TokenizerException">It holds no tokenizer that is known here; the message says why.</exception>
    public static TokenizerFolder Read(string path, TokenizerKind? kind = null)
    {
        if (!Directory.Exists(path))
        {
            throw new TokenizerException($"{path} is no folder.");
        }

        var config = ReadFile(path, ConfigName) is { } bytes ? TokenizerConfig.Parse(bytes, ConfigName) : null;
        Check(path, SpecialTokensName, AddedTokens.CheckNames);
        Check(path, AddedTokensName, AddedTokens.CheckMap);
        var json = ReadFile(path, JsonName) is { } file ? TokenizerJson.Parse(file, JsonName) : null;
        var chosen = kind ?? config?.KindOf(hasJson: json is not null) ?? TokenizerKind.WordPiece;
        var vocabulary = json is not null && chosen == TokenizerKind.WordPiece ? json.Vocabulary
            : ReadFile(path, VocabularyName) is { } lines ? ParseVocabulary(lines)
            : throw new TokenizerException($"{path} holds neither {VocabularyName} nor {JsonName}.");
        var options = chosen == TokenizerKind.KbCharV1 ? new TokenizerOptions { Kind = TokenizerKind.KbCharV1 }
            : json is not null && config?.BertDecides is not true ? json.Options
            : config?.Options ?? new TokenizerOptions { LowerCase = true };
        return new TokenizerFolder(path, vocabulary, options, config?.MaxLength);
    }

    /// <summary>A tokenizer that does what the folder says.</summary>
    /// <param name="specialTokens">What a special token written out in a text becomes.</param>
    public ITokenizer Create(SpecialTokensInText specialTokens = SpecialTokensInText.BecomeIds) =>
        (Options with { SpecialTokens = specialTokens }).Create(Vocabulary);

    private static void Check(string path, string name, Action<JsonPart> check)
    {
        if (ReadFile(path, name) is { } file)
        {
            JsonPart.Read(file, name, json =>
            {
                check(json);
                return true;
            });
        }
    }

    private static Vocabulary ParseVocabulary(byte[] file)
    {
        try
        {
            return Vocabulary.Parse(file);
        }
        catch (FormatException e)
        {
            throw new TokenizerException($"{VocabularyName}: {e.Message}", e);
        }
    }

    private static byte[]? ReadFile(string folder, string name)
    {
        var path = System.IO.Path.Combine(folder, name);
        try
        {
            var file = new FileInfo(path);
            return !file.Exists ? null
                : file.Length <= MaxBytes ? File.ReadAllBytes(path)
                : throw new TokenizerException($"{name} has {file.Length} bytes, more than {MaxBytes} are not read.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TokenizerException($"{name} cannot be read: {e.Message}", e);
        }
    }
}
