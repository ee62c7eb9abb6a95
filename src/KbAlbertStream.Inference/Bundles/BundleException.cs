using System.Collections.Immutable;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>A model bundle that must not be used; the message lists everything that is wrong with it.</summary>
public sealed class BundleException : Exception
{
    /// <summary>With no reason given.</summary>
    public BundleException()
        : this("The model bundle cannot be used.")
    {
    }

    /// <summary>With one reason.</summary>
    public BundleException(string message)
        : base(message) => Errors = [message];

    /// <summary>With one reason and what led to it.</summary>
    public BundleException(string message, Exception innerException)
        : base(message, innerException) => Errors = [message];

    /// <summary>With all reasons.</summary>
    public BundleException(string folder, IEnumerable<string> errors)
        : this(folder, [.. errors])
    {
    }

    private BundleException(string folder, ImmutableArray<string> errors)
        : base($"The model bundle {folder} cannot be used:\n  {string.Join("\n  ", errors)}") => Errors = errors;

    /// <summary>The reasons, one each.</summary>
    public ImmutableArray<string> Errors { get; }
}
