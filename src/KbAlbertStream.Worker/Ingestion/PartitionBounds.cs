using Confluent.Kafka;
using Confluent.Kafka.Admin;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Asks the brokers where partitions begin and end and which topic they belong to, with a client of its own: the consumer
/// has one thread. Thread-safe.
/// </summary>
/// <param name="options">How the brokers are reached.</param>
/// <param name="properties">The user's librdkafka properties.</param>
/// <param name="patience">How long an answer may take. It is asked for inside a rebalance, so not long.</param>
internal sealed class PartitionBounds(KafkaOptions options, KafkaProperties properties, TimeSpan patience) : IDisposable
{
    /// <summary>What the service waits: well under the session timeout of a group.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan IdPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DeniedPause = TimeSpan.FromSeconds(30);

    private volatile bool _hasIds;
    private long _deniedAt;

    private readonly AdminConnection _connection = new(options, properties, TimeProvider.System);

    /// <summary>The logs of the partitions; those that the brokers do not know, or not now, are absent.</summary>
    /// <exception cref="KafkaException">No broker answered in time.</exception>
    public async Task<IReadOnlyDictionary<TopicPartition, PartitionLog>> AskAsync(
        IReadOnlyCollection<TopicPartition> partitions)
    {
        // The id last: had the topic been created again in between, the id would be the new one and the position refused.
        var start = await ListAsync(partitions, OffsetSpec.Earliest()).ConfigureAwait(false);
        var end = await ListAsync(partitions, OffsetSpec.Latest()).ConfigureAwait(false);
        var ids = await TopicIdsAsync([.. partitions.Select(partition => partition.Topic).Distinct()])
            .ConfigureAwait(false);
        return partitions
            .Where(partition => start.ContainsKey(partition) && end.ContainsKey(partition))
            .ToDictionary(
                partition => partition,
                partition => new PartitionLog(start[partition], end[partition], ids.GetValueOrDefault(partition.Topic)));
    }

    /// <summary>The offset of the first record at or after a time, by partition; the end of the log when there is none.</summary>
    /// <exception cref="KafkaException">No broker answered in time.</exception>
    public async Task<long?> OffsetAtAsync(TopicPartition partition, DateTimeOffset time)
    {
        var listed = await ListAsync([partition], OffsetSpec.ForTimestamp(time.ToUnixTimeMilliseconds()))
            .ConfigureAwait(false);
        return listed.TryGetValue(partition, out var offset) ? offset : null;
    }

    /// <summary>Kafka's ids of the topics; absent where the brokers have none, or do not say it now.</summary>
    public async Task<IReadOnlyDictionary<string, string>> TopicIdsAsync(IReadOnlyCollection<string> topics)
    {
        // librdkafka's mock cluster has no controller to ask, and says so after the whole wait.
        if (!_hasIds && Volatile.Read(ref _deniedAt) is > 0 and var at && TimeProvider.System.GetElapsedTime(at) < DeniedPause)
        {
            return new Dictionary<string, string>();
        }

        List<TopicDescription> described;
        try
        {
            described = (await _connection.Client.DescribeTopicsAsync(
                TopicCollection.OfTopicNames(topics), new DescribeTopicsOptions { RequestTimeout = IdPatience })
                .ConfigureAwait(false)).TopicDescriptions;
        }
        catch (DescribeTopicsException some)
        {
            described = some.Results.TopicDescriptions;
        }
        catch (KafkaException)
        {
            _connection.Doubt();
            Volatile.Write(ref _deniedAt, TimeProvider.System.GetTimestamp());
            return new Dictionary<string, string>();
        }

        var ids = described.Where(topic => !topic.Error.IsError && !IsNone(topic.TopicId))
            .ToDictionary(topic => topic.Name, topic => topic.TopicId.ToString(), StringComparer.Ordinal);
        _hasIds |= ids.Count > 0;
        return ids;
    }

    /// <inheritdoc />
    public void Dispose() => _connection.Dispose();

    private static bool IsNone(Uuid? id) =>
        id is null || (id.MostSignificantBits == 0 && id.LeastSignificantBits == 0);

    private async Task<Dictionary<TopicPartition, long>> ListAsync(
        IReadOnlyCollection<TopicPartition> partitions, OffsetSpec which)
    {
        List<ListOffsetsResultInfo> listed;
        try
        {
            listed = (await _connection.Client.ListOffsetsAsync(
                partitions.Select(p => new TopicPartitionOffsetSpec { TopicPartition = p, OffsetSpec = which }),
                new ListOffsetsOptions { RequestTimeout = patience }).ConfigureAwait(false)).ResultInfos;
        }
        catch (ListOffsetsException some)
        {
            _connection.Doubt();
            listed = some.Result.ResultInfos;
        }
        catch (KafkaException)
        {
            _connection.Doubt();
            throw;
        }

        return listed.Select(info => info.TopicPartitionOffsetError).Where(found => !found.Error.IsError)
            .ToDictionary(found => found.TopicPartition, found => found.Offset.Value);
    }
}
