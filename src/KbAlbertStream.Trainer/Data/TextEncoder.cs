using KbAlbertStream.Core.Text;
using KbAlbertStream.Core.Tokenization;

namespace KbAlbertStream.Trainer.Data;

/// <summary>
/// Raw title and text to the ids that the worker would see: its own text preparer and tokenizer, then [CLS] and [SEP].
/// Not for concurrent use.
/// </summary>
internal sealed class TextEncoder(Vocabulary vocabulary)
{
    private static readonly TextPreparer Preparer = new();
    private readonly WordPieceTokenizer _tokenizer = new(vocabulary, SpecialTokensInText.StayText);
    private readonly TokenBuffer _tokens = new();

    /// <summary>The id of [MASK].</summary>
    public int MaskId => vocabulary.MaskId;

    /// <summary>The ids of a text of any length.</summary>
    public int[] Encode(string title, string text)
    {
        _tokens.Clear();
        _tokenizer.Encode(Preparer.Prepare(title, text).ModelInput, _tokens);
        return [vocabulary.StartId, .. _tokens.Ids, vocabulary.SeparatorId];
    }

    /// <summary>Adds the words of a text to counts, split as the tokenizer splits them.</summary>
    public static void CountWords(string title, string text, int weight, Dictionary<string, long> counts)
    {
        Span<char> scratch = stackalloc char[WordSplitter.ScratchLength];
        var words = new WordSplitter(Preparer.Prepare(title, text).ModelInput, scratch);
        var byWord = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        while (words.MoveNext())
        {
            if (!words.IsTooLong)
            {
                byWord.TryGetValue(words.Current, out var count);
                byWord[words.Current] = count + weight;
            }
        }
    }
}
