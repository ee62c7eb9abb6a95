namespace KbAlbertStream.Core.Tokenization;

/// <summary>What a <c>tokenizer_config.json</c> says.</summary>
internal sealed class TokenizerConfig
{
    private const string KbCharClass = "KbAlbertCharTokenizer";

    // All of them are BertTokenizer under another name.
    private static readonly string[] BertClasses =
        ["BertTokenizer", "ElectraTokenizer", "DistilBertTokenizer", "MobileBertTokenizer", "ConvBertTokenizer"];

    private readonly string? _class;
    private readonly bool? _lowers;
    private readonly string _name;

    private TokenizerConfig(JsonPart file, string name)
    {
        _name = name;
        _class = file.OptionalText("tokenizer_class");
        _lowers = file.OptionalFlag("do_lower_case");
        Options = new TokenizerOptions
        {
            LowerCase = _lowers ?? true,
            StripAccents = file.OptionalFlag("strip_accents"),
            SeparateIdeographs = file.OptionalFlag("tokenize_chinese_chars") ?? true,
        };
        // Transformers writes 1e30 for "none".
        MaxLength = file.OptionalNumber("model_max_length") is >= 1 and <= int.MaxValue and var length ? (int)length : null;
        AddedTokens.CheckNames(file);
    }

    /// <summary>BERT's options; lower-casing where the file does not say.</summary>
    public TokenizerOptions Options { get; }

    /// <summary><c>model_max_length</c>, if there is one.</summary>
    public int? MaxLength { get; }

    /// <summary>Whether these options hold over those in <c>tokenizer.json</c>, as BertTokenizerFast does it.</summary>
    public bool BertDecides => _class is null ? _lowers is not null : IsBert(_class);

    /// <summary>Reads the file.</summary>
    /// <exception cref="TokenizerException">It is damaged, or names special tokens that are not known.</exception>
    public static TokenizerConfig Parse(byte[] file, string name) =>
        JsonPart.Read(file, name, config => new TokenizerConfig(config, name));

    /// <summary>The kind of the class that the file names.</summary>
    /// <param name="hasJson">Whether a tokenizer.json of the WordPiece kind is there: it decides for unknown classes.</param>
    /// <exception cref="TokenizerException">The class is none that is known.</exception>
    public TokenizerKind KindOf(bool hasJson) => _class switch
    {
        KbCharClass => TokenizerKind.KbCharV1,
        null => TokenizerKind.WordPiece,
        _ when hasJson || IsBert(_class) => TokenizerKind.WordPiece,
        _ => throw new TokenizerException($"{_name}: tokenizer_class is '{JsonPart.Shorten(_class)}', which is none of "
            + $"{string.Join(", ", BertClasses)}, {KbCharClass}, and there is no tokenizer.json."),
    };

    private static bool IsBert(string name) =>
        BertClasses.Contains(name.EndsWith("Fast", StringComparison.Ordinal) ? name[..^"Fast".Length] : name);
}
