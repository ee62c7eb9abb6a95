namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>The cells that say how values are spread.</summary>
internal static class Percentiles
{
    /// <summary>p50, p95, p99 and the largest of values in ascending order; dashes for none.</summary>
    public static string[] Of(List<double> ascending) => ascending.Count == 0
        ? ["-", "-", "-", "-"]
        : [.. new[] { 0.5, 0.95, 0.99, 1 }.Select(share => $"{ascending[Math.Max(0, (int)Math.Ceiling(share * ascending.Count) - 1)]:F0}")];
}
