namespace KbAlbertStream.Core.Tokenization;

/// <summary>
/// A tokenizer that cannot be made of the files that were given; the message names the file and what is wrong with it.
/// The only exception that reading them throws, whatever they hold.
/// </summary>
public sealed class TokenizerException : Exception
{
    /// <summary>With no reason given.</summary>
    public TokenizerException()
        : this("The tokenizer cannot be read.")
    {
    }

    /// <summary>With the reason.</summary>
    public TokenizerException(string message)
        : base(message)
    {
    }

    /// <summary>With the reason and what led to it.</summary>
    public TokenizerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
