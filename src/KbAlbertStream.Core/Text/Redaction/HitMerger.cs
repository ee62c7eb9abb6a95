namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>Decides between recognisers that claim overlapping spans.</summary>
internal static class HitMerger
{
    /// <summary>
    /// The spans to mask, in order and apart from each other. Spans that overlap become one, under the type of the
    /// longest (of the first among equals). A span that must stay shields what lies within it, nothing that reaches
    /// beyond.
    /// </summary>
    public static List<Hit> Merge(List<Hit> hits)
    {
        var merged = new List<Hit>();
        var winner = default(Hit);
        foreach (var hit in Unshielded(hits))
        {
            if (merged.Count > 0 && merged[^1].Overlaps(hit))
            {
                winner = hit.Length > winner.Length ? hit : winner;
                merged[^1] = new Hit(merged[^1].Start, Math.Max(merged[^1].End, hit.End), winner.Type);
            }
            else
            {
                winner = hit;
                merged.Add(hit);
            }
        }

        return merged;
    }

    // Ordered by start; of equal starts the longest first; stable, so that equal spans keep the recognisers' order.
    private static IEnumerable<Hit> Unshielded(List<Hit> hits)
    {
        var shieldEnd = -1;
        foreach (var hit in hits.OrderBy(hit => hit.Start).ThenByDescending(hit => hit.Length))
        {
            if (hit.Type is null)
            {
                shieldEnd = Math.Max(shieldEnd, hit.End);
            }
            else if (hit.End > shieldEnd)
            {
                yield return hit;
            }
        }
    }
}
