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

    private readonly PositionSettings _settings;
    private readonly NpgsqlDataSource _source;

    public PositionServers(PositionSettings settings)
    {
        _settings = settings;
        _source = StorageDataSource.Create(settings.Database.ConnectionString);
        Topics = new TopicNames(settings.Kafka);
        Bounds = new PartitionBounds(settings.Kafka, settings.Properties, Patience);
        Stored = new PartitionProgressReader(_source);
        Registry = new PartitionRegistry(_source);
        Gaps = new GapReader(_source);
    }

    public TopicNames Topics { get; }

    public PartitionBounds Bounds { get; }

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
        Bounds.Dispose();
        await _source.DisposeAsync().ConfigureAwait(false);
    }
}
