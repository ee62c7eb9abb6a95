namespace KbAlbertStream.Worker.Configuration;

/// <summary>
/// Which librdkafka properties go together with a consumer group's protocol: <c>classic</c>, where the client leads, or
/// <c>consumer</c> (KIP-848), where the broker does. librdkafka itself says so only when the client is made, and ignores
/// some.
/// </summary>
internal static class ConsumerModeRules
{
    private const string Strategy = "partition.assignment.strategy";
    private const string CooperativeSticky = "cooperative-sticky";

    private static readonly string[] ClassicOnly =
        [Strategy, "session.timeout.ms", "heartbeat.interval.ms", "group.protocol.type"];

    /// <summary>True for <c>group.protocol=consumer</c>.</summary>
    public static bool IsConsumerProtocol(IReadOnlyDictionary<string, string> consumer) =>
        consumer.TryGetValue("group.protocol", out var protocol)
        && protocol.Equals("consumer", StringComparison.OrdinalIgnoreCase);

    /// <summary>What is wrong with a property beside the others; null when nothing is.</summary>
    public static string? FaultOf(string name, string value, IReadOnlyDictionary<string, string> consumer) => name switch
    {
        _ when IsConsumerProtocol(consumer) && ClassicOnly.Contains(name) =>
            "cannot be set by the client with group.protocol=consumer, the broker decides (group.consumer.*)",
        "group.remote.assignor" when !IsConsumerProtocol(consumer) =>
            "needs group.protocol=consumer",

        // An eager strategy takes every partition from every worker whenever one comes or goes, and cannot share a group
        // with workers that are cooperative.
        Strategy when value.Trim() != CooperativeSticky =>
            $"must be {CooperativeSticky}: all workers of a group need the same, and the eager ones stop them all when one comes or goes",
        "group.instance.id" when string.IsNullOrWhiteSpace(value) =>
            "is empty: leave it out, or give every worker its own name",
        _ => null,
    };
}
