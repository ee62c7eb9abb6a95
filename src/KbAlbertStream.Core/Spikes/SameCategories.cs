using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace KbAlbertStream.Core.Spikes;

/// <summary>Lists of categories are equal when they hold the same in the same order.</summary>
internal sealed class SameCategories : IEqualityComparer<ImmutableArray<string>>
{
    public static readonly SameCategories Comparer = new();

    public bool Equals(ImmutableArray<string> x, ImmutableArray<string> y) => x.AsSpan().SequenceEqual(y.AsSpan());

    public int GetHashCode([DisallowNull] ImmutableArray<string> obj)
    {
        var hash = new HashCode();
        foreach (var category in obj)
        {
            hash.Add(category);
        }

        return hash.ToHashCode();
    }
}
