namespace KbAlbertStream.Inference.Scoring;

/// <summary>Decides which windows share a pass of the encoder.</summary>
internal static class TokenPacker
{
    /// <summary>
    /// Cuts windows into batches within the budget. They are taken by length, longest first (equal ones in their order),
    /// and none is shorter than half the longest of its batch, so that attention pads little: a padded window of
    /// attention costs as much as a real one, another pass next to nothing.
    /// </summary>
    /// <returns>The batches; each holds indices into <paramref name="lengths"/>.</returns>
    /// <param name="lengths">Tokens of each window, with [CLS] and [SEP].</param>
    /// <param name="budget">What one batch may hold.</param>
    public static List<int[]> Cut(ReadOnlySpan<int> lengths, PackingBudget budget)
    {
        var batches = new List<int[]>();
        var order = ByLength(lengths);
        for (var first = 0; first < order.Length;)
        {
            long longest = lengths[order[first]];
            long tokens = 0;
            var count = 0;
            while (first + count < order.Length)
            {
                var length = lengths[order[first + count]];
                tokens += length;
                if (count > 0 && (tokens > budget.Tokens || (count + 1) * longest * longest > budget.AttentionCells
                    || 2 * length < longest))
                {
                    break;
                }

                count++;
            }

            batches.Add(order[first..(first + count)]);
            first += count;
        }

        return batches;
    }

    private static int[] ByLength(ReadOnlySpan<int> lengths)
    {
        var keys = new long[lengths.Length];
        var order = new int[lengths.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            keys[i] = ((long)-lengths[i] << 32) + i; // the index makes the unstable sort stable
        }

        Array.Sort(keys, order);
        return order;
    }
}
