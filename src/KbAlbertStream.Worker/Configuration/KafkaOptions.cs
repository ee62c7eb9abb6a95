using System.ComponentModel.DataAnnotations;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>
/// Section <c>Kafka</c>. Every other key in it is a property of librdkafka: <c>Kafka:NAME</c> for all clients,
/// <c>Kafka:Consumer:NAME</c> and <c>Kafka:Producer:NAME</c> for one; NAME as librdkafka writes it
/// (<c>session.timeout.ms</c>) or in the form an environment variable can have (<c>SessionTimeoutMs</c>).
/// </summary>
public sealed class KafkaOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Kafka";

    /// <summary>Brokers to ask first, <c>host:port</c>, several separated by commas.</summary>
    [Required]
    public string BootstrapServers { get; set; } = "";

    /// <summary>The consumer group; all workers of one database share it. Default <c>kbalbertstream</c>.</summary>
    [Required]
    public string GroupId { get; set; } = "kbalbertstream";

    /// <summary>Topics with news, separated by commas. Default <c>risk.news.v1</c>; empty for none.</summary>
    public string NewsTopics { get; set; } = "risk.news.v1";

    /// <summary>Topics with complaints, separated by commas. Default <c>risk.complaints.v1</c>; empty for none.</summary>
    public string ComplaintTopics { get; set; } = "risk.complaints.v1";

    /// <summary>Appended to a topic's name for its dead letters. Default <c>.dlq</c>.</summary>
    [Required]
    public string DeadLetterSuffix { get; set; } = ".dlq";

    /// <summary>
    /// How long the consumer may go without polling while the pipeline is busy, before it pauses its partitions and
    /// polls on. Pausing throws the prefetched records away. 0 to 60 s, default 10 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MaxUnpolled { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a revoked partition is held back so that records in flight can be finished. 0 to 60 s, default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan RevokeDrain { get; set; } = TimeSpan.FromSeconds(5);
}
