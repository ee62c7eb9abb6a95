using System.ComponentModel.DataAnnotations;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>Section <c>Database</c>: the PostgreSQL database that rows are written to.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Database";

    /// <summary>An Npgsql connection string, <c>Host=db;Database=risk;Username=worker;Password=...</c>.</summary>
    [Required]
    [Secret]
    public string ConnectionString { get; set; } = "";

    /// <summary>Whether <c>run</c> brings the schema up to date by itself. Default no: <c>migrate</c> does it.</summary>
    public bool MigrateAtStart { get; set; }

    /// <summary>Whether masked titles, texts and evidence are stored, beside the scores. Default yes.</summary>
    public bool StoreText { get; set; } = true;

    /// <summary>The pause before the first retry of a batch. 10 ms to 60 s, default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between two retries. 10 ms to 10 minutes, default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan MaxRetry { get; set; } = TimeSpan.FromSeconds(15);
}
