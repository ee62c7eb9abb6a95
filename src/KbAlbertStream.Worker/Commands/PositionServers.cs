using Confluent.Kafka;
using Confluent.Kafka.Admin;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using Npgsql;

namespace KbAlbertStream.Worker.Commands;

/// <summary>The two servers that know about positions.</summary>
internal sealed class PositionServers : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly PositionSettings _settings;
    private readonly NpgsqlDataSource _source;
    private readonly PartitionBounds _bounds;

    public PositionServers(PositionSettings settings)
    {
        _settings = settings;
        _source = StorageDataSource.Create(settings.Database.ConnectionString);
        Topics = new TopicNames(settings.Kafka);
        _bounds = new PartitionBounds(settings.Kafka, settings.Properties, Patience);
        Stored = new PartitionProgressReader(_source);
        Registry = new PartitionRegistry(_source);
        Gaps = new GapReader(_source);
    }

    public TopicNames Topics { get; }

    public PartitionProgressReader Stored { get; }

    public PartitionRegistry Registry { get; }

    public GapReader Gaps { get; }

    /// <summary>The partitions of every topic that is read and exists.</summary>
    public IReadOnlyList<TopicPartition> Partitions()
    {
        var report = TopicReport.Ask(_settings.Kafka, _settings.Properties, Patience);
        return
        [
            .. Topics.All.Where(report.Partitions.ContainsKey)
                .SelectMany(topic => Enumerable.Range(0, report.Partitions[topic])
                    .Select(number => new TopicPartition(topic, number))),
        ];
    }

    /// <summary>
    /// Where the partitions begin and end; absent are those of which no broker says it within twenty seconds, in which a
    /// partition that just lost its leader finds another.
    /// </summary>
    /// <exception cref="KafkaException">No broker answered in time.</exception>
    public async Task<IReadOnlyDictionary<TopicPartition, PartitionLog>> LogsAsync(
        IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var logs = await _bounds.AskAsync(partitions).ConfigureAwait(false);
            if (logs.Count == partitions.Count || TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                return logs;
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The offset of the first record at or after a time; null when no broker says it, negative when there is none.</summary>
    public Task<long?> OffsetAtAsync(TopicPartition partition, DateTimeOffset time) => _bounds.OffsetAtAsync(partition, time);

    /// <summary>What the group has committed to Kafka, where lag tools look.</summary>
    public async Task<IReadOnlyDictionary<TopicPartition, long>> CommittedAsync(IReadOnlyCollection<TopicPartition> partitions)
    {
        using var client = new AdminClientBuilder(KafkaClientSettings.Producer(_settings.Kafka, _settings.Properties))
            .SetLogHandler((_, _) => { }).Build();
        var group = new ConsumerGroupTopicPartitions(_settings.Kafka.GroupId, [.. partitions]);
        var listed = await client.ListConsumerGroupOffsetsAsync(
            [group], new ListConsumerGroupOffsetsOptions { RequestTimeout = Patience }).ConfigureAwait(false);
        return listed.SelectMany(result => result.Partitions)
            .Where(found => !found.Error.IsError && !found.Offset.IsSpecial)
            .ToDictionary(found => found.TopicPartition, found => found.Offset.Value);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _bounds.Dispose();
        await _source.DisposeAsync().ConfigureAwait(false);
    }
}
