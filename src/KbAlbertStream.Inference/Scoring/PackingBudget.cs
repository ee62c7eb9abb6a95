namespace KbAlbertStream.Inference.Scoring;

/// <summary>How much one pass of the encoder may hold. A single window is always let through.</summary>
/// <param name="Tokens">The most tokens: what the linear layers cost.</param>
/// <param name="AttentionCells">The most B x S x S: attention pads every window to the longest, S.</param>
public readonly record struct PackingBudget(int Tokens, long AttentionCells)
{
    /// <summary>
    /// The CPU's: 512 tokens, which stay in its caches and gain nothing from company (docs/performance.md); 1,048,576
    /// cells (4 windows of 512 tokens, 64 of 128), 48 MiB of attention at 12 heads.
    /// </summary>
    public static PackingBudget Cpu { get; } = new(512, 1 << 20);

    /// <summary>CUDA's: enough rows to fill the chip, 768 MiB of attention at 12 heads. Not measured.</summary>
    public static PackingBudget Cuda { get; } = new(16384, 1 << 24);
}
