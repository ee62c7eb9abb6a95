using KbAlbertStream.Core.Tokenization;

namespace KbAlbertStream.Tests.Core.Tokenization;

/// <summary>What the tests ask of a tokenizer, in one line each.</summary>
internal static class Tokenizing
{
    /// <summary>The ids as the reference prints them: with [CLS] and [SEP].</summary>
    public static int[] IdsOf(this ITokenizer tokenizer, string text)
    {
        var tokens = new TokenBuffer();
        tokenizer.Encode(text, tokens);
        return [tokenizer.Vocabulary.StartId, .. tokens.Ids, tokenizer.Vocabulary.SeparatorId];
    }

    public static List<string> WordsOf(string text, CodePointClasses classes)
    {
        var found = new List<string>();
        var words = new WordSplitter(text, 0, new char[WordSplitter.ScratchLength], classes);
        while (words.MoveNext())
        {
            found.Add(words.Current.ToString());
        }

        return found;
    }
}
