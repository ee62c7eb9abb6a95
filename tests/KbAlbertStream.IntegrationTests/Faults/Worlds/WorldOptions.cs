namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>How large a world is.</summary>
internal sealed record WorldOptions
{
    /// <summary>Nodes of the Kafka cluster: 1, or 3 with every topic on each.</summary>
    public int Nodes { get; init; } = 1;

    public int Workers { get; init; } = 2;

    /// <summary>Messages a second.</summary>
    public int PerSecond { get; init; } = 40;

    /// <summary>How far event time moves on from message to message.</summary>
    public TimeSpan EventStep { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Of the messages and of the moments of faults.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>After this silence the group gives a worker's partitions to others.</summary>
    public TimeSpan SessionTimeout { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How long recovery may take before it counts as failed.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>Where the workers' output is kept; null for a temporary folder that is deleted at the end.</summary>
    public string? LogFolder { get; init; }
}
