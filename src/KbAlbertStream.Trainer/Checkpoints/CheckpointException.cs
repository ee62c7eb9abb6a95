namespace KbAlbertStream.Trainer.Checkpoints;

/// <summary>A checkpoint that cannot be read, or does not hold the model that is asked for; the message says why.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>With no reason given.</summary>
    public CheckpointException()
        : this("The checkpoint cannot be read.")
    {
    }

    /// <summary>With the reason.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and what led to it.</summary>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>With the file and the reason.</summary>
    public CheckpointException(string path, string reason)
        : base($"{path}: {reason}")
    {
    }
}
