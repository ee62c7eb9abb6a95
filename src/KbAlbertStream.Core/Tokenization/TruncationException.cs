namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// A sequence that cannot be cut to its longest length as asked: the reference throws here, too. Happens with WordPiece
/// and <see cref="Truncation.OnlyFirst"/> or <see cref="Truncation.OnlySecond"/> only.
/// </summary>
public sealed class TruncationException : Exception
{
    /// <summary>With no reason given.</summary>
    public TruncationException()
        : this("The sequence cannot be cut to its longest length.")
    {
    }

    /// <summary>With the reason.</summary>
    public TruncationException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and what led to it.</summary>
    public TruncationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
