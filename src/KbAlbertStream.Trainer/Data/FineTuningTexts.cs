using KbAlbertStream.Core.Entities;

namespace KbAlbertStream.Trainer.Data;

/// <summary>
/// Makes the texts of each fine-tuning epoch: all labelled texts with their augmentations, and a fresh draw of
/// headlines that report nothing and of film reviews. The seed and the epoch decide everything.
/// </summary>
internal sealed class FineTuningTexts
{
    private readonly FineTuningMix _mix;
    private readonly long _seed;
    private readonly List<LabelledText> _risk, _headlines, _otherWorlds;
    private readonly List<Review> _reviews;
    private readonly InstitutionSwap _swap;

    /// <param name="data">The data folder.</param>
    /// <param name="labels">The heads.</param>
    /// <param name="mix">How much of what.</param>
    /// <param name="seed">Decides draws and augmentations.</param>
    public FineTuningTexts(string data, LabelSet labels, FineTuningMix mix, long seed)
    {
        (_mix, _seed) = (mix, seed);
        _risk = [.. TrainingTexts.RiskFiles.SelectMany(file => RiskText.Read(data, file)).Select(risk => LabelledText.Of(risk, labels))];
        var labelled = RiskText.Read(data, TrainingTexts.RealHeadlines).ToList();
        _headlines =
        [
            .. labelled.Where(risk => !KeptOut.Contains(risk.Title)).Select(risk => LabelledText.Of(risk, labels)),
        ];

        // Headlines with finance words were labelled one by one; the others report nothing about an institution.
        var titles = labelled.Select(risk => risk.Title).ToHashSet(StringComparer.Ordinal);
        _otherWorlds =
        [
            .. PublicText.TrainingHeadlines(data)
                .Where(headline => !titles.Contains(headline.Title))
                .Select(headline => LabelledText.Empty(headline, labels)),
        ];
        _reviews = [.. PublicText.Reviews(data, "train")];
        var real = InstitutionDictionary.Load(InstitutionDictionary.ShippedPath).Institutions.Select(one => one.Name);
        _swap = new InstitutionSwap(_risk.Select(text => text.Entity).Concat(real));
    }

    /// <summary>The labelled synthetic texts as they stand in the files.</summary>
    public IReadOnlyList<LabelledText> Risk => _risk;

    /// <summary>Headlines that report nothing about an institution.</summary>
    public IReadOnlyList<LabelledText> OtherWorlds => _otherWorlds;

    /// <summary>Every labelled text, and a draw of headlines that report nothing: an epoch without reviews and augmentations.</summary>
    /// <param name="others">How many of those headlines.</param>
    public List<LabelledText> Labelled(int others) =>
    [
        .. _risk,
        .. Enumerable.Repeat(_headlines, _mix.HeadlineRepeats).SelectMany(headlines => headlines),
        .. Draw(_otherWorlds, others, Seeds.For(_seed, "labelled")),
    ];

    /// <summary>The texts of an epoch, in no particular order.</summary>
    public List<LabelledText> Epoch(int epoch)
    {
        var random = Seeds.For(_seed, "fine-tuning texts", epoch);
        var texts = _risk.Select(text => Augment(text, random)).ToList();
        for (var repeat = 0; repeat < _mix.HeadlineRepeats; repeat++)
        {
            texts.AddRange(_headlines);
        }

        texts.AddRange(Draw(_otherWorlds, _mix.OtherHeadlines, random));
        texts.AddRange(Draw(_reviews, _mix.Reviews, random).Select(LabelledText.Of));
        return texts;
    }

    /// <summary>The text, in half of the cases about another institution.</summary>
    public LabelledText MaybeSwapped(LabelledText text, Random random) =>
        random.NextDouble() < _mix.SwapShare ? _swap.Apply(text, random) : text;

    private static IEnumerable<T> Draw<T>(List<T> from, int count, Random random) =>
        Enumerable.Range(0, count).Select(_ => from[random.Next(from.Count)]);

    private LabelledText Augment(LabelledText text, Random random)
    {
        var one = MaybeSwapped(text, random);
        return text.Text.Length > 0 && random.NextDouble() < _mix.JoinShare
            ? TextJoin.Apply(one, MaybeSwapped(_risk[random.Next(_risk.Count)], random))
            : one;
    }
}
