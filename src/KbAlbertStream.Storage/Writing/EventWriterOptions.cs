using System.ComponentModel.DataAnnotations;

namespace KbAlbertStream.Storage.Writing;

/// <summary>How texts are written.</summary>
public sealed record EventWriterOptions
{
    /// <summary>
    /// Whether masked title, text and evidence are stored. Default: true. False stores scores, labels and hashes alone.
    /// </summary>
    public bool StoreText { get; init; } = true;

    /// <summary>Seconds that one statement may take before the batch fails. Default: 60. Range: 1 to 3600.</summary>
    [Range(1, 3600)]
    public int CommandTimeoutSeconds { get; init; } = 60;
}
