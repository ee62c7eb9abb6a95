namespace KbAlbertStream.Inference.Scoring;

/// <summary>What the encoder runs on.</summary>
public enum ExecutionProvider
{
    /// <summary>CUDA where it can be had; else the CPU, with one line in the log that says why.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>CUDA; without it the session does not start.</summary>
    Cuda,
}
