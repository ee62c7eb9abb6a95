using KbAlbertStream.Inference.Bundles;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Commands;

/// <summary>Finds and loads the model bundle.</summary>
internal static class ModelFiles
{
    /// <summary>Loads the bundle: its files checked, its session warm, its golden scores reproduced.</summary>
    /// <exception cref="UnusableFileException">It cannot be used; the message says why.</exception>
    public static LoadedModel Load(ModelOptions options, EncoderOptions encoder)
    {
        // Standard output belongs to whoever reads what is printed there.
        using var logging = LoggerFactory.Create(builder =>
            builder.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        try
        {
            var scorer = TextScorer.Load(Find(options.Bundle), encoder, logging.CreateLogger<TextScorer>());
            return new LoadedModel(
                scorer.Score, scorer.Manifest.Id, scorer.Manifest.LabelSetVersion, () => scorer.Totals, scorer);
        }
        catch (Exception fault) when (
            fault is BundleException or ProviderUnavailableException or IOException or UnauthorizedAccessException)
        {
            throw new UnusableFileException(fault.Message);
        }
    }

    /// <summary>
    /// The folder that a path means: as it stands, or relative to the working folder, the program's, or a folder above
    /// one of them, so that it is found in a checkout from wherever the program is run.
    /// </summary>
    internal static string Find(string path)
    {
        if (Path.IsPathRooted(path))
        {
            return path;
        }

        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var candidate = Path.Combine(folder.FullName, path);
                if (Directory.Exists(candidate))
                {
                    return candidate;
                }
            }
        }

        return Path.GetFullPath(path);
    }
}
