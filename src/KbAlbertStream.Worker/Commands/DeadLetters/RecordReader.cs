using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Commands.DeadLetters;

/// <summary>Reads records outside of the group: it joins nothing, commits nothing and disturbs no worker.</summary>
internal sealed class RecordReader : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly IAdminClient _admin;
    private readonly TimeProvider _time;

    public RecordReader(KafkaOptions options, KafkaProperties properties, TimeProvider time)
    {
        _consumer = new ConsumerBuilder<byte[], byte[]>(KafkaClientSettings.Consumer(options, properties))
            .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
        _admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
        _time = time;
    }

    /// <summary>The number of partitions; 0 when there is no such topic.</summary>
    public int PartitionsOf(string topic) =>
        _admin.GetMetadata(topic, Patience).Topics
            .FirstOrDefault(found => found.Topic == topic && found.Error.Code == ErrorCode.NoError)?.Partitions.Count ?? 0;

    /// <summary>All records of a topic, from its start to where it ended when reading came there.</summary>
    /// <exception cref="KafkaException">No broker answered in time.</exception>
    public IEnumerable<ConsumeResult<byte[], byte[]>> ReadTopic(string topic, CancellationToken cancellationToken)
    {
        var unread = Enumerable.Range(0, PartitionsOf(topic)).ToHashSet();
        if (unread.Count == 0)
        {
            yield break;
        }

        _consumer.Assign(unread.Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        try
        {
            while (unread.Count > 0)
            {
                var record = Next(cancellationToken);
                if (record.IsPartitionEOF)
                {
                    unread.Remove(record.Partition.Value);
                }
                else if (unread.Contains(record.Partition.Value))
                {
                    yield return record;
                }
            }
        }
        finally
        {
            _consumer.Unassign();
        }
    }

    /// <summary>The record at a position, null when the log has it no more or another one stands there.</summary>
    public ConsumeResult<byte[], byte[]>? ReadOne(RecordPosition position, CancellationToken cancellationToken)
    {
        if (position.Partition >= PartitionsOf(position.Topic))
        {
            return null;
        }

        var partition = new TopicPartition(position.Topic, position.Partition);
        var bounds = _consumer.QueryWatermarkOffsets(partition, Patience);
        if (position.Offset < bounds.Low || position.Offset >= bounds.High)
        {
            return null;
        }

        _consumer.Assign(new TopicPartitionOffset(partition, position.Offset));
        var record = Next(cancellationToken);
        _consumer.Unassign();
        return !record.IsPartitionEOF && record.Offset == position.Offset
            && RecordPosition.RecordedAtOf(record.Message.Timestamp.UnixTimestampMs) == position.RecordedAt
            ? record
            : null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _admin.Dispose();
        _consumer.Close();
        _consumer.Dispose();
    }

    private ConsumeResult<byte[], byte[]> Next(CancellationToken cancellationToken)
    {
        for (var since = _time.GetTimestamp(); _time.GetElapsedTime(since) < Patience;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_consumer.Consume(Step) is { } record)
            {
                return record;
            }
        }

        throw new KafkaException(ErrorCode.Local_TimedOut);
    }
}
