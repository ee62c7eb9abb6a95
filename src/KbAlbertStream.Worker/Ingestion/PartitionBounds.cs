using Confluent.Kafka;
using Confluent.Kafka.Admin;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>Asks the brokers where partitions begin and end, with a client of its own: the consumer has one thread.</summary>
/// <param name="options">How the brokers are reached.</param>
/// <param name="properties">The user's librdkafka properties.</param>
/// <param name="patience">How long an answer may take. It is asked for inside a rebalance, so not long.</param>
internal sealed class PartitionBounds(KafkaOptions options, KafkaProperties properties, TimeSpan patience)
{
    /// <summary>What the service waits: well under the session timeout of a group.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(5);

    /// <summary>First and end offset of every partition.</summary>
    /// <exception cref="KafkaException">No broker answered in time.</exception>
    public async Task<IReadOnlyDictionary<TopicPartition, (long First, long End)>> AskAsync(
        IReadOnlyCollection<TopicPartition> partitions)
    {
        using var client = new AdminClientBuilder(KafkaClientSettings.Producer(options, properties))
            .SetLogHandler((_, _) => { }).Build();
        var first = await ListAsync(client, partitions, OffsetSpec.Earliest()).ConfigureAwait(false);
        var end = await ListAsync(client, partitions, OffsetSpec.Latest()).ConfigureAwait(false);
        return partitions.ToDictionary(partition => partition, partition => (first[partition], end[partition]));
    }

    private async Task<Dictionary<TopicPartition, long>> ListAsync(
        IAdminClient client, IReadOnlyCollection<TopicPartition> partitions, OffsetSpec which)
    {
        var listed = await client.ListOffsetsAsync(
            partitions.Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = which }),
            new ListOffsetsOptions { RequestTimeout = patience }).ConfigureAwait(false);
        return listed.ResultInfos.ToDictionary(
            info => info.TopicPartitionOffsetError.TopicPartition, info => info.TopicPartitionOffsetError.Offset.Value);
    }
}
