namespace KbAlbertStream.Trainer.Evaluation;

/// <summary>Chooses one cut for a head. A cut for each label would fit the validation texts and fail on others.</summary>
internal static class CutSearch
{
    private const int Steps = 95;

    /// <summary>The cuts that are tried: .03, .04 ... .97.</summary>
    public static IEnumerable<float> Candidates => Enumerable.Range(3, Steps).Select(percent => percent / 100f);

    /// <summary>
    /// The cut with the highest <paramref name="worth"/> among those that <paramref name="allowed"/> lets pass; of
    /// equal ones the highest, which flags least. The highest candidate when none passes.
    /// </summary>
    public static float Best(Func<float, double> worth, Func<float, bool>? allowed = null)
    {
        var (best, bestWorth) = (Candidates.Last(), double.NegativeInfinity);
        foreach (var cut in Candidates.Where(cut => allowed?.Invoke(cut) ?? true))
        {
            if (worth(cut) is var value && value >= bestWorth)
            {
                (best, bestWorth) = (cut, value);
            }
        }

        return best;
    }
}
