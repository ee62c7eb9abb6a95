using System.Buffers;
using KbAlbertStream.Core.Tokenization;
using Microsoft.ML.Tokenizers;

namespace KbAlbertStream.Trainer.Tokenization;

/// <summary>
/// Either of KB-ALBERT's tokenizers as Microsoft.ML.Tokenizers' <see cref="Tokenizer"/>, with the ids of Transformers.
/// Safe for concurrent use.
/// </summary>
/// <remarks>
/// As in that library's own BertTokenizer, offsets are places in the text that was given and [CLS] and [SEP] are left to
/// the caller. There is no normalised text and no pre-tokenizer to look at or to switch off: both are part of the
/// tokenizer, because ids are only right with them.
/// </remarks>
public sealed class MlTokenizer(ITokenizer tokenizer) : Tokenizer
{
    /// <summary>What does the work.</summary>
    public ITokenizer Inner { get; } = tokenizer;

    /// <summary>The pieces of the tokens, a word's first without <c>##</c>; a blank stands between words.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is not in the vocabulary.</exception>
    public override string Decode(IEnumerable<int> ids)
    {
        var text = new System.Text.StringBuilder();
        foreach (var id in ids)
        {
            text.Append(PieceOf(id, isFirst: text.Length == 0));
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public override OperationStatus Decode(
        IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        idsConsumed = charsWritten = 0;
        foreach (var id in ids)
        {
            var piece = PieceOf(id, isFirst: charsWritten == 0);
            if (!piece.TryCopyTo(destination[charsWritten..]))
            {
                return OperationStatus.DestinationTooSmall;
            }

            idsConsumed++;
            charsWritten += piece.Length;
        }

        return OperationStatus.Done;
    }

    /// <inheritdoc/>
    protected override EncodeResults<EncodedToken> EncodeToTokens(
        string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        var tokens = Encode(text ?? textSpan, settings.MaxTokenCount, out var consumed);
        var encoded = new EncodedToken[tokens.Count];
        for (var i = 0; i < encoded.Length; i++)
        {
            var id = tokens.Ids[i];
            encoded[i] = new EncodedToken(id, Inner.Vocabulary.TokenOf(id), tokens.Starts[i]..tokens.Ends[i]);
        }

        return new EncodeResults<EncodedToken> { Tokens = encoded, CharsConsumed = consumed };
    }

    /// <inheritdoc/>
    protected override EncodeResults<int> EncodeToIds(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        var tokens = Encode(text ?? textSpan, settings.MaxTokenCount, out var consumed);
        return new EncodeResults<int> { Tokens = tokens.Ids.ToArray(), CharsConsumed = consumed };
    }

    /// <inheritdoc/>
    protected override int CountTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings) =>
        Encode(text ?? textSpan, settings.MaxTokenCount, out _).Count;

    /// <inheritdoc/>
    protected override int GetIndexByTokenCount(
        string? text,
        ReadOnlySpan<char> textSpan,
        EncodeSettings settings,
        bool fromEnd,
        out string? normalizedText,
        out int tokenCount)
    {
        normalizedText = null;
        var whole = text ?? textSpan;
        var tokens = Encode(whole, int.MaxValue, out _);
        tokenCount = Math.Min(tokens.Count, settings.MaxTokenCount);
        if (fromEnd)
        {
            return tokenCount == tokens.Count ? 0 : tokenCount == 0 ? whole.Length : tokens.Starts[^tokenCount];
        }

        return tokenCount == tokens.Count ? whole.Length : tokenCount == 0 ? 0 : tokens.Ends[tokenCount - 1];
    }

    private TokenBuffer Encode(ReadOnlySpan<char> text, int maxTokens, out int consumed)
    {
        var tokens = new TokenBuffer();
        Inner.Encode(text, tokens);
        if (tokens.Count <= maxTokens)
        {
            consumed = text.Length;
            return tokens;
        }

        consumed = maxTokens == 0 ? 0 : tokens.Ends[maxTokens - 1];
        tokens.Truncate(maxTokens);
        return tokens;
    }

    private string PieceOf(int id, bool isFirst)
    {
        var token = Inner.Vocabulary.TokenOf(id);
        return token.StartsWith("##", StringComparison.Ordinal) && token.Length > 2 ? token[2..]
            : isFirst ? token
            : " " + token;
    }
}
