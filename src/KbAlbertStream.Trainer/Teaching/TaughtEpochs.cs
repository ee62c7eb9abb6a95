using KbAlbertStream.Trainer.Data;

namespace KbAlbertStream.Trainer.Teaching;

/// <summary>Epochs of fine-tuning that also hold texts which only a teacher labels.</summary>
internal sealed class TaughtEpochs
{
    // About as many as there are labelled texts of all kinds, and twice as many headlines as an epoch draws for the encoder.
    private const int TextsAnEpoch = 10_000;
    private const int TeachersHeadlines = 12_000;
    private readonly FineTuningTexts _labelled;
    private readonly TaughtTexts _taught;
    private readonly long _seed;

    /// <param name="labelled">The texts of an epoch without a teacher; it learns from them too.</param>
    /// <param name="labels">The heads.</param>
    /// <param name="seed">Decides what is made.</param>
    /// <param name="stop">Gives up fitting the teacher, which takes two minutes.</param>
    public TaughtEpochs(FineTuningTexts labelled, LabelSet labels, long seed, CancellationToken stop)
    {
        (_labelled, _seed) = (labelled, seed);
        var teacher = new NGramTeacher(labelled.Labelled(TeachersHeadlines), labels.Heads, seed, stop);
        _taught = new TaughtTexts(teacher, labelled.Risk, labelled.OtherWorlds, labelled.MaybeSwapped);
    }

    /// <summary>The texts of an epoch, in no particular order.</summary>
    public List<LabelledText> Epoch(int epoch)
    {
        var random = Seeds.For(_seed, "taught texts", epoch);
        return [.. _labelled.Epoch(epoch), .. Enumerable.Range(0, TextsAnEpoch).Select(_ => _taught.Next(random))];
    }
}
