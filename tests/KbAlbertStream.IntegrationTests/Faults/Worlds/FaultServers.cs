namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>What a world needs of the machine.</summary>
internal static class FaultServers
{
    /// <summary>A Kafka distribution whose nodes may be killed. Without one the test is skipped, in CI it fails.</summary>
    public static string KafkaHome()
    {
        if (Environment.GetEnvironmentVariable("KAFKA_HOME") is { Length: > 0 } home)
        {
            return home;
        }

        const string Reason = "kills brokers: set KAFKA_HOME to a Kafka distribution (4 or later), with Java 17";
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"{Reason} (a skip is a failure in CI)");
        Assert.Skip(Reason);
        return "";
    }
}
