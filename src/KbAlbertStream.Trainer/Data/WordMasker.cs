using KbAlbertStream.Core.Tokenization;

namespace KbAlbertStream.Trainer.Data;

/// <summary>
/// Hides whole words for masked-word training: 15 % of the words of a text, at least one; of their tokens 80 % become
/// [MASK], 10 % a random token and 10 % stay (Devlin et al. 2019, whole-word form).
/// </summary>
internal sealed class WordMasker(Vocabulary vocabulary)
{
    private const double Share = 0.15;
    private readonly bool[] _continues = [.. vocabulary.Tokens.Select(token => token.StartsWith("##", StringComparison.Ordinal))];

    /// <summary>
    /// Hides words in place and returns what stood there. <paramref name="ids"/> starts with [CLS] and ends with
    /// [SEP]; special tokens are never hidden.
    /// </summary>
    public List<HiddenWord> Hide(int[] ids, Random random)
    {
        var words = WordsOf(ids);
        random.Shuffle(words);
        var hidden = new List<HiddenWord>();
        foreach (var (start, end) in words.Take(Math.Max(1, (int)Math.Round(words.Length * Share))))
        {
            for (var at = start; at < end; at++)
            {
                hidden.Add(new HiddenWord(at, ids[at]));
                var lot = random.NextDouble();
                ids[at] = lot < 0.8 ? vocabulary.MaskId
                    : lot < 0.9 ? random.Next(SpecialIds.Count, vocabulary.Tokens.Length)
                    : ids[at];
            }
        }

        return hidden;
    }

    private (int Start, int End)[] WordsOf(int[] ids)
    {
        var words = new List<(int Start, int End)>();
        for (var i = 0; i < ids.Length; i++)
        {
            if (words.Count > 0 && words[^1].End == i && _continues[ids[i]])
            {
                words[^1] = (words[^1].Start, i + 1);
            }
            else if (ids[i] >= SpecialIds.Count)
            {
                words.Add((i, i + 1));
            }
        }

        return [.. words];
    }
}
