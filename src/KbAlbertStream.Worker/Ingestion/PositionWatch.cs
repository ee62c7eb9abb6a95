using Confluent.Kafka;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Asks every few seconds whether positions and topics are still those that are being read: an operator, a restored
/// database and a topic created again tell nobody. Runs on the consumer's thread, asks in the background.
/// </summary>
internal sealed class PositionWatch(
    PositionCheck check, PartitionStates states, StartPositions starts, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private Task<IReadOnlyDictionary<TopicPartition, DisplacementReason>>? _asked;
    private Dictionary<TopicPartition, int> _epochs = [];
    private long _askedAt = time.GetTimestamp();

    /// <summary>Takes an answer, or asks when it is time.</summary>
    /// <param name="isHeld">Whether something read from a partition is still to be written.</param>
    public void Run(Func<TopicPartition, bool> isHeld)
    {
        if (_asked is null)
        {
            if (time.GetElapsedTime(_askedAt) >= Pause)
            {
                Ask(isHeld);
            }
        }
        else if (_asked.IsCompleted)
        {
            Take(_asked);
            _asked = null;
            _askedAt = time.GetTimestamp();
        }
    }

    private void Ask(Func<TopicPartition, bool> isHeld)
    {
        var believed = states.Owned.Where(partition => !states.IsUnpositioned(partition))
            .Select(partition => new BelievedPosition(
                partition, states.ReadOf(partition).Epoch, isHeld(partition) ? null : states.ReadOf(partition).Next))
            .ToList();
        if (believed.Count > 0)
        {
            _epochs = believed.ToDictionary(position => position.Partition, position => position.Epoch);
            _asked = Task.Run(() => check(believed, CancellationToken.None));
        }
    }

    private void Take(Task<IReadOnlyDictionary<TopicPartition, DisplacementReason>> asked)
    {
        if (!asked.IsCompletedSuccessfully)
        {
            // A server that is away is said by those who need it.
            IngestionLog.NotChecked(logger, Retries.CodeOf(asked.Exception?.GetBaseException()));
            return;
        }

        // A partition that went and came back while the question was under way was positioned after it.
        foreach (var (partition, reason) in asked.Result.Where(pair =>
            states.Owns(pair.Key) && states.ReadOf(pair.Key).Epoch == _epochs[pair.Key]))
        {
            starts.Displace([partition], reason);
        }
    }
}
