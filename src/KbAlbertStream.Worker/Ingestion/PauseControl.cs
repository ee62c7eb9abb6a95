using Confluent.Kafka;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>Pauses and resumes partitions as the poll mode asks. Runs on the consumer's thread.</summary>
internal sealed class PauseControl(
    PartitionStates states, TimeSpan maxUnpolled, WorkerMetrics metrics, ILogger logger)
{
    /// <summary>
    /// Brings every partition into the mode. A rebalance forgets what was paused, so it looks at all of them again.
    /// </summary>
    public void Apply(IConsumer<byte[], byte[]> consumer, PollMode mode)
    {
        // An application's pause can outlast the assignment.
        if (states.TakeReturned() is { Count: > 0 } returned)
        {
            consumer.Resume(returned);
        }

        var pause = mode == PollMode.PollPaused ? states.Running : [.. states.Unpositioned.Except(states.Paused)];
        if (pause.Count > 0)
        {
            consumer.Pause(pause);
            states.MarkPaused(pause);
            if (mode == PollMode.PollPaused)
            {
                metrics.Paused = true;
                IngestionLog.Paused(logger, maxUnpolled.TotalSeconds);
            }
        }

        if (mode == PollMode.Poll)
        {
            Resume(consumer, states.Resumable);
        }
    }

    private void Resume(IConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions)
    {
        if (partitions.Count > 0)
        {
            consumer.Resume(partitions);
            states.MarkRunning(partitions);
        }

        if (metrics.Paused)
        {
            metrics.Paused = false;
            IngestionLog.Resumed(logger);
        }
    }
}
