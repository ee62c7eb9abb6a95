namespace KbAlbertStream.Worker.Configuration;

/// <summary>The configuration is wrong. Holds every error that was found, not only the first.</summary>
public sealed class InvalidConfigurationException(IReadOnlyList<ConfigurationError> errors)
    : Exception($"The configuration has {errors.Count} error(s):{Environment.NewLine}"
        + string.Join(Environment.NewLine, errors.Select(error => $"  {error}")))
{
    /// <summary>Every error.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; } = errors;
}
