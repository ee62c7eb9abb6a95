using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Pipeline;

namespace KbAlbertStream.Worker.Commands;

/// <summary>Finds and loads the model bundle.</summary>
internal static class ModelFiles
{
    /// <summary>Loads the bundle: its files checked, its session warm, its golden scores reproduced.</summary>
    /// <exception cref="UnusableFileException">It cannot be used; the message says why.</exception>
    public static LoadedModel Load(ModelOptions options) =>
        throw new UnusableFileException($"The bundle {options.Bundle} cannot be used: no scorer yet");
}
