using System.Collections.Immutable;

namespace KbAlbertStream.Core.Entities;

/// <summary>A dictionary file that cannot be used, with every reason at once.</summary>
public sealed class InvalidDictionaryException : Exception
{
    internal InvalidDictionaryException(string source, ImmutableArray<string> errors)
        : base($"{source}: {string.Join("; ", errors)}")
    {
        Errors = errors;
    }

    /// <summary>One sentence an error, each with the place in the file.</summary>
    public ImmutableArray<string> Errors { get; }
}
