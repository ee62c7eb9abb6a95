namespace KbAlbertStream.Benchmarks.Scoring;

/// <summary>A kind of traffic: how long its texts are, log-normally, drawn with a fixed seed.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Median">The median length in tokens.</param>
/// <param name="Spread">The standard deviation of the logarithm.</param>
internal sealed record LengthMix(string Name, double Median, double Spread)
{
    public static LengthMix[] All { get; } =
    [
        new("comments", 24, 0.8), new("headlines", 24, 0.3), new("complaints", 120, 0.5), new("mixed", 48, 1.0),
        new("all of 32", 32, 0),
    ];

    /// <summary>The lengths, 4 to 512.</summary>
    public int[] Draw(int texts)
    {
        var random = new Random(17);
        return
        [
            .. Enumerable.Range(0, texts)
                .Select(_ => (int)Math.Clamp(Median * Math.Exp(Spread * Normal(random)), 4, 512)),
        ];
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
