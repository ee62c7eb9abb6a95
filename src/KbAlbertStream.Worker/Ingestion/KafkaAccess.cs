using Confluent.Kafka;
using Confluent.Kafka.Admin;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>What the brokers must let a worker do: read its topics, use its group, write dead letters.</summary>
internal static class KafkaAccess
{
    /// <summary>
    /// The rights that are denied, <c>Read on topic risk.news.v1</c>; empty when nothing is, or when the brokers do not say.
    /// </summary>
    /// <exception cref="KafkaException">No broker answered in time.</exception>
    public static async Task<IReadOnlyList<DeniedRight>> AskAsync(
        KafkaOptions options, KafkaProperties properties, TimeSpan patience)
    {
        var names = new TopicNames(options);
        using var client = new AdminClientBuilder(KafkaClientSettings.Producer(options, properties))
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        Dictionary<string, TopicDescription> topics;
        try
        {
            topics = await TopicsAsync(client, [.. names.All, .. names.DeadLetters], patience).ConfigureAwait(false);
        }
        catch (KafkaException fault) when (fault.Error.Code == ErrorCode.Local_TimedOut
            && fault.Error.Reason.Contains("controller", StringComparison.Ordinal))
        {
            // librdkafka's mock cluster, which the demo runs on, has no controller to ask, and no rights to deny.
            return [];
        }

        return
        [
            .. names.All.Where(topic => Lacks(topics, topic, AclOperation.Read))
                .Select(topic => new DeniedRight(AclOperation.Read, ResourceType.Topic, topic)),
            .. names.DeadLetters.Where(topic => Lacks(topics, topic, AclOperation.Write))
                .Select(topic => new DeniedRight(AclOperation.Write, ResourceType.Topic, topic)),
            .. await LacksGroupAsync(client, options.GroupId, patience).ConfigureAwait(false)
                ? new[] { new DeniedRight(AclOperation.Read, ResourceType.Group, options.GroupId) }
                : [],
        ];
    }

    private static async Task<Dictionary<string, TopicDescription>> TopicsAsync(
        IAdminClient client, IReadOnlyCollection<string> topics, TimeSpan patience)
    {
        var options = new DescribeTopicsOptions { IncludeAuthorizedOperations = true, RequestTimeout = patience };
        IEnumerable<TopicDescription> described;
        try
        {
            described = (await client.DescribeTopicsAsync(TopicCollection.OfTopicNames(topics), options)
                .ConfigureAwait(false)).TopicDescriptions;
        }
        catch (DescribeTopicsException partly)
        {
            described = partly.Results.TopicDescriptions;
        }

        return described.ToDictionary(topic => topic.Name, StringComparer.Ordinal);
    }

    private static bool Lacks(Dictionary<string, TopicDescription> topics, string name, AclOperation operation) =>
        topics.TryGetValue(name, out var topic)
        && (topic.Error.Code == ErrorCode.TopicAuthorizationFailed
            || IsMissing(topic.AuthorizedOperations, operation));

    private static async Task<bool> LacksGroupAsync(IAdminClient client, string group, TimeSpan patience)
    {
        var options = new DescribeConsumerGroupsOptions { IncludeAuthorizedOperations = true, RequestTimeout = patience };
        ConsumerGroupDescription described;
        try
        {
            described = (await client.DescribeConsumerGroupsAsync([group], options).ConfigureAwait(false))
                .ConsumerGroupDescriptions[0];
        }
        catch (DescribeConsumerGroupsException partly)
        {
            described = partly.Results.ConsumerGroupDescriptions[0];
        }

        return described.Error.Code == ErrorCode.GroupAuthorizationFailed
            || (!described.Error.IsError && IsMissing(described.AuthorizedOperations, AclOperation.Read));
    }

    // A broker that knows no such question leaves the list out.
    private static bool IsMissing(List<AclOperation>? granted, AclOperation operation) =>
        granted is { Count: > 0 } && !granted.Contains(operation) && !granted.Contains(AclOperation.All);
}
