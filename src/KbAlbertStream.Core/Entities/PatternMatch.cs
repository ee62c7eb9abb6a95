namespace KbAlbertStream.Core.Entities;

/// <summary>Where a pattern stands in a text: characters <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
internal readonly record struct PatternMatch(int Pattern, int Start, int End);
