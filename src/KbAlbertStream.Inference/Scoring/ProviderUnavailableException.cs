namespace KbAlbertStream.Inference.Scoring;

/// <summary>CUDA was asked for and cannot be had; the message says why.</summary>
public sealed class ProviderUnavailableException : Exception
{
    /// <summary>With no reason given.</summary>
    public ProviderUnavailableException()
        : this("CUDA cannot be had.")
    {
    }

    /// <summary>With the reason.</summary>
    public ProviderUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and what the runtime threw.</summary>
    public ProviderUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
