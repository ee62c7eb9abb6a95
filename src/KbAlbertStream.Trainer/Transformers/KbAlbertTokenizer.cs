using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Trainer.Modelling;

namespace KbAlbertStream.Trainer.Transformers;

/// <summary>
/// The tokenizer of a Hugging Face folder, of either kind of KB-ALBERT, as Transformers' class behaves: special tokens
/// that a text writes out count. Safe for concurrent use.
/// </summary>
public sealed class KbAlbertTokenizer
{
    private readonly SequenceEncoder _encoder;

    private KbAlbertTokenizer(TokenizerFolder folder)
    {
        _encoder = new SequenceEncoder(folder.Create());
        ModelMaxLength = folder.MaxLength;
    }

    /// <summary>The vocabulary.</summary>
    public Vocabulary Vocabulary => _encoder.Tokenizer.Vocabulary;

    /// <summary><c>model_max_length</c>; null when the folder names none.</summary>
    public int? ModelMaxLength { get; }

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="kind">The kind, for a folder whose files do not tell, as KB-ALBERT-CHAR-v1's; null lets them decide.</param>
    /// <exception cref="TokenizerException">It holds no tokenizer that is known here; the message says why.</exception>
    public static KbAlbertTokenizer FromPretrained(string folder, TokenizerKind? kind = null) =>
        new(TokenizerFolder.Read(folder, kind));

    /// <summary>Ids, token types and mask of a text, or of a text and a second one.</summary>
    /// <exception cref="TruncationException">It cannot be cut as the options ask, where the reference errs, too.</exception>
    public EncodedSequence Encode(string text, string? pair = null, SequenceOptions? options = null) =>
        _encoder.Encode(text, pair, options);

    /// <summary>The tokens of a text, without [CLS] and [SEP].</summary>
    public string[] Tokenize(string text)
    {
        var tokens = new TokenBuffer();
        _encoder.Tokenizer.Encode(text, tokens);
        return ConvertIdsToTokens(tokens.Ids.ToArray());
    }

    /// <summary>The tokens of ids.</summary>
    public string[] ConvertIdsToTokens(IEnumerable<int> ids) => [.. ids.Select(Vocabulary.TokenOf)];

    /// <summary>Texts as a batch, cut to <paramref name="maxLength"/> tokens and padded to the longest.</summary>
    public TokenBatch Batch(IReadOnlyList<string> texts, int maxLength)
    {
        var options = new SequenceOptions { MaxLength = maxLength, Truncation = Truncation.LongestFirst };
        return Pad([.. texts.Select(text => Encode(text, options: options).Ids.ToArray())]);
    }

    internal TokenBatch Pad(int[][] texts)
    {
        var longest = texts.Max(ids => ids.Length);
        return TokenBatch.Of(
            [.. texts.Select(ids => Filled(ids, longest, Vocabulary.PaddingId))],
            [.. texts.Select(ids => Filled([.. ids.Select(_ => 1)], longest, 0))],
            null);
    }

    private static int[] Filled(int[] values, int length, int filler) =>
        [.. values, .. Enumerable.Repeat(filler, length - values.Length)];
}
