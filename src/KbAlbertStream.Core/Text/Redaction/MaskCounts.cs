using System.Collections.Immutable;

namespace KbAlbertStream.Core.Text.Redaction;

/// <summary>How many values of each type were masked in one message.</summary>
internal sealed class MaskCounts
{
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Adds the counts of a text and returns the text.</summary>
    public string Add(Redacted redacted)
    {
        foreach (var (type, count) in redacted.Counts)
        {
            _counts[type] = _counts.GetValueOrDefault(type) + count;
        }

        return redacted.Text;
    }

    /// <summary>Ordered by type, so that rows and JSON read alike.</summary>
    public IReadOnlyDictionary<string, int> ToDictionary() =>
        _counts.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
