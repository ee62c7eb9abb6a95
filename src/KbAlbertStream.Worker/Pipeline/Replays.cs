using Confluent.Kafka;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>Gives replayed records the position of their original, under which their row is stored once.</summary>
internal sealed class Replays(ReplaySeal seal, WorkerMetrics metrics, ILogger<Replays> logger)
{
    /// <summary>The batch with every replay at its original position; the batch's own positions stay.</summary>
    public RecordBatch Restore(RecordBatch batch) =>
        batch.Records.Any(record => ReplaySeal.IsClaimed(record.Headers))
            ? batch with { Records = [.. batch.Records.Select(Restore)] }
            : batch;

    private SourceRecord Restore(SourceRecord record)
    {
        if (!ReplaySeal.IsClaimed(record.Headers))
        {
            return record;
        }

        var valid = seal.TryOpen(record.Headers!, record.Position, record.Key, record.Value, out var original);
        metrics.Replayed(valid);
        if (!valid)
        {
            PipelineLog.ForgedReplay(logger, record.Position);
            return record;
        }

        var readAt = new TopicPartitionOffset(record.TopicPartition, record.Position.Offset);
        return record with { Position = original, ReplayedAt = readAt };
    }
}
