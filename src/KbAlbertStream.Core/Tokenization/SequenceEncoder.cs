namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// Makes a model's input of one text or two, like a Transformers tokenizer that is called: [CLS] and [SEP], token types,
/// truncation, padding. Safe for concurrent use.
/// </summary>
public sealed class SequenceEncoder(ITokenizer tokenizer)
{
    private static readonly SequenceOptions Whole = new();

    /// <summary>The tokenizer.</summary>
    public ITokenizer Tokenizer { get; } = tokenizer;

    /// <summary>The input for a text, or for a text and a second one; an empty second text is a second text.</summary>
    /// <exception cref="TruncationException">It cannot be cut as the options ask, where the reference errs, too.</exception>
    public EncodedSequence Encode(string text, string? second = null, SequenceOptions? options = null)
    {
        options ??= Whole;
        var tokens = new TokenBuffer();
        Tokenizer.Encode(text, tokens);
        var first = tokens.Count;
        if (second is not null)
        {
            Tokenizer.Encode(second, tokens);
        }

        var count = second is null ? (int?)null : tokens.Count - first;
        var specialTokens = second is null ? 2 : 3;
        var (keepFirst, keepSecond) = TokenTruncation.Keep(
            Tokenizer.Options.Kind, options.Truncation, options.MaxLength - specialTokens, first, count);
        var length = keepFirst + keepSecond + specialTokens;
        var input = new SequenceBuilder(options.PadToMaxLength ? Math.Max(length, options.MaxLength) : length);
        var vocabulary = Tokenizer.Vocabulary;
        input.Add(vocabulary.StartId, type: 0);
        input.Add(tokens, 0, keepFirst, type: 0);
        input.Add(vocabulary.SeparatorId, type: 0);
        if (second is not null)
        {
            input.Add(tokens, first, keepSecond, type: 1);
            input.Add(vocabulary.SeparatorId, type: 1);
        }

        return input.Pad(vocabulary.PaddingId);
    }
}
