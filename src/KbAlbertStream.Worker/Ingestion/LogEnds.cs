using Confluent.Kafka;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Stores where all logs that are read end now. After a pause the stored ends are old, so partitions that gained records
/// look read to their end, and the first one written would carry the detector's clock past what the others hold.
/// </summary>
internal sealed class LogEnds(
    PartitionProgressReader stored,
    PartitionBounds bounds,
    PartitionRegistry registry,
    TopicNames topics,
    ILogger<LogEnds> logger)
{
    /// <summary>A <see cref="NoteLogEnds"/>.</summary>
    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        var positions = (await stored.ReadAsync(topics.All, cancellationToken).ConfigureAwait(false))
            .ToDictionary(position => new TopicPartition(position.Topic, position.Partition));
        if (positions.Count == 0 || await AskAsync(positions.Keys).ConfigureAwait(false) is not { } logs)
        {
            return;
        }

        var ends = logs.Where(log => positions[log.Key].MayBelongTo(log.Value.TopicId))
            .Select(log => (positions[log.Key], log.Value.End)).ToList();
        await registry.NoteEndsAsync(ends, cancellationToken).ConfigureAwait(false);
    }

    // Writing goes on without them: an alert may then close later than it would have, which is less than standing still.
    private async Task<IReadOnlyDictionary<TopicPartition, PartitionLog>?> AskAsync(
        IReadOnlyCollection<TopicPartition> partitions)
    {
        try
        {
            return await bounds.AskAsync(partitions).ConfigureAwait(false);
        }
        catch (KafkaException fault)
        {
            IngestionLog.EndsUnknown(logger, Retries.CodeOf(fault));
            return null;
        }
    }
}
