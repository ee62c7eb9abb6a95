using System.ComponentModel.DataAnnotations;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>How the encoder runs, as the user wrote it.</summary>
public sealed class EncoderOptions
{
    /// <summary>What to run on. Default: auto.</summary>
    public ExecutionProvider Provider { get; set; } = ExecutionProvider.Auto;

    /// <summary>Threads of one pass on the CPU; 0 takes every core. Default: 0.</summary>
    [Range(0, 1024)]
    public int Threads { get; set; }

    /// <summary>
    /// Whether threads spin between passes. It burns a core that Kafka, PostgreSQL and the tokenizer need, so only a
    /// benchmark on an idle machine gains. Default: false.
    /// </summary>
    public bool Spinning { get; set; }

    /// <summary>The number of the CUDA device. Default: 0.</summary>
    [Range(0, 1023)]
    public int Device { get; set; }

    /// <summary>The most tokens in one pass; 0: what suits the provider, 512 on the CPU. Default: 0.</summary>
    [Range(0, 1 << 20)]
    public int BatchTokens { get; set; }

    /// <summary>
    /// The most B x S x S cells of attention in one pass; 0: what suits the provider, 1048576 on the CPU. Default: 0.
    /// </summary>
    [Range(0, 1L << 40)]
    public long BatchAttentionCells { get; set; }

    /// <summary>What happens to texts that are longer than the model reads at once. Default: windows.</summary>
    public LongTexts LongTexts { get; set; }

    internal PackingBudget BudgetOn(ExecutionProvider provider)
    {
        var budget = provider == ExecutionProvider.Cuda ? PackingBudget.Cuda : PackingBudget.Cpu;
        return new PackingBudget(
            BatchTokens == 0 ? budget.Tokens : BatchTokens,
            BatchAttentionCells == 0 ? budget.AttentionCells : BatchAttentionCells);
    }
}
