using KbAlbertStream.Core.Text;
using KbAlbertStream.Trainer.Data;

namespace KbAlbertStream.Trainer.Teaching;

/// <summary>
/// Makes texts of pieces of others, runs of sentences and runs of words, in any order. Nobody knows their labels but a teacher,
/// and a model that gets them right must have found the words that carry a label.
/// </summary>
internal sealed class TaughtTexts
{
    private const int MostPieces = 4;
    private const int FewestWords = 2;
    private const int MostWords = 12;
    private const double ForeignShare = 0.15;
    private readonly NGramTeacher _teacher;
    private readonly (int Fold, LabelledText[] Texts)[] _folds;
    private readonly IReadOnlyList<LabelledText> _foreign;
    private readonly Func<LabelledText, Random, LabelledText> _vary;

    /// <param name="teacher">Labels them.</param>
    /// <param name="texts">What the pieces are of.</param>
    /// <param name="foreign">Headlines that report nothing, of which some pieces are.</param>
    /// <param name="vary">Applied to a text before a piece of it is taken.</param>
    public TaughtTexts(
        NGramTeacher teacher,
        IEnumerable<LabelledText> texts,
        IReadOnlyList<LabelledText> foreign,
        Func<LabelledText, Random, LabelledText> vary)
    {
        (_teacher, _foreign, _vary) = (teacher, foreign, vary);
        _folds = [.. texts.GroupBy(teacher.FoldOf).OrderBy(fold => fold.Key).Select(fold => (fold.Key, fold.ToArray()))];
    }

    /// <summary>One such text, with the teacher's probabilities.</summary>
    public LabelledText Next(Random random)
    {
        // The pieces of one text are of one fold, the only one that its classifiers do not know.
        var (fold, texts) = _folds[random.Next(_folds.Length)];
        string[] pieces = [.. Enumerable.Range(0, random.Next(1, MostPieces + 1)).Select(_ => Piece(texts, random))];
        var hasTitle = pieces.Length > 1 && random.Next(2) == 0;
        return _teacher.Label(fold, new LabelledText(
            hasTitle ? pieces[0] : "", string.Join(' ', hasTitle ? pieces.Skip(1) : pieces), "", []));
    }

    private string Piece(LabelledText[] texts, Random random)
    {
        var source = random.NextDouble() < ForeignShare
            ? _foreign[random.Next(_foreign.Count)]
            : _vary(texts[random.Next(texts.Length)], random);
        var whole = $"{source.Title}\n{source.Text}";
        var bySentence = random.Next(2) == 0;
        string[] parts = bySentence
            ? [.. Sentences.Of(whole).Select(range => whole[range])]
            : whole.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var most = bySentence ? parts.Length : Math.Min(MostWords, parts.Length);
        var fewest = Math.Min(bySentence ? 1 : FewestWords, most);
        var count = random.Next(fewest, most + 1);
        var start = random.Next(parts.Length - count + 1);
        return string.Join(' ', parts[start..(start + count)]);
    }
}
