namespace KbAlbertStream.Trainer.Data;

/// <summary>
/// An endless stream of batches over a set of texts, epoch after epoch: texts of about the same length together, in
/// batches of at most so many tokens (padding included), in an order that the seed and the epoch decide.
/// </summary>
internal sealed class BatchStream
{
    private readonly int[] _lengths;
    private readonly int _budget;
    private readonly long _seed;
    private readonly string _name;
    private List<int[]> _batches;

    public BatchStream(string name, int[] lengths, int budget, long seed, BatchPlace start = default)
    {
        (_name, _lengths, _budget, _seed, Place) = (name, lengths, budget, seed, start);
        _batches = Plan(start.Epoch);
    }

    /// <summary>Where the next batch stands: enough to go on from here.</summary>
    public BatchPlace Place { get; private set; }

    /// <summary>How many batches the current epoch has.</summary>
    public int Count => _batches.Count;

    /// <summary>The indices of the texts of the next batch.</summary>
    public int[] Next()
    {
        if (Place.Index == _batches.Count)
        {
            Place = new BatchPlace(Place.Epoch + 1, 0);
            _batches = Plan(Place.Epoch);
        }

        var batch = _batches[Place.Index];
        Place = Place with { Index = Place.Index + 1 };
        return batch;
    }

    private List<int[]> Plan(int epoch)
    {
        var random = Seeds.For(_seed, $"order of {_name}", epoch);
        var order = Enumerable.Range(0, _lengths.Length).ToArray();
        random.Shuffle(order);

        // The sort is stable, so texts of one length stay shuffled.
        var batches = new List<int[]>();
        var batch = new List<int>();
        foreach (var text in order.OrderBy(text => _lengths[text]))
        {
            if (batch.Count > 0 && _lengths[text] * (batch.Count + 1) > _budget)
            {
                batches.Add([.. batch]);
                batch.Clear();
            }

            batch.Add(text);
        }

        batches.Add([.. batch]);
        var shuffled = batches.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled];
    }
}
