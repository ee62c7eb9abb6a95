using System.ComponentModel.DataAnnotations;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>
/// Section <c>Batching</c>: when a batch is cut. An idle worker cuts as soon as the log has nothing more to give, so
/// these bounds matter under load only.
/// </summary>
public sealed class BatchingOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Batching";

    /// <summary>
    /// The most records in a batch, where <see cref="MaxWork"/> allows them. 1 to 10,000, default 1,000.
    /// </summary>
    [Range(1, 10_000)]
    public int MaxRecords { get; set; } = 1000;

    /// <summary>
    /// How long a batch may take in its slowest stage: batches get as many records as were worked off in this time.
    /// 10 ms to 60 s, default 500 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan MaxWork { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The bytes of keys and values at which a batch is cut. 1 KiB to 256 MiB, default 4 MiB.</summary>
    [Range(1024, 256 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The age of its first record at which a batch is cut. 1 ms to 60 s, default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long a batch waits for more records while nothing else is worked on. 0 to 1 s, default 5 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan Linger { get; set; } = TimeSpan.FromMilliseconds(5);
}
