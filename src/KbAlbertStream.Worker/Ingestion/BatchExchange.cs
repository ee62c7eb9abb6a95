using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Confluent.Kafka;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// The two ways between the consumer's thread and the pipeline: batches go out, finished ones come back. The pipeline
/// never touches the consumer, the consumer's thread never touches the database.
/// </summary>
internal sealed class BatchExchange : IDisposable
{
    // Capacity 1: one batch is read ahead while the one before is scored. More would only be memory.
    private readonly Channel<RecordBatch> _batches = Channel.CreateBounded<RecordBatch>(
        new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });

    // Bounded by the batches in flight, of which there are at most four.
    private readonly ConcurrentQueue<FinishedBatch> _finished = new();

    // Batches in flight by partition; for the consumer's thread only.
    private readonly Dictionary<TopicPartition, int> _held = [];
    private readonly AutoResetEvent _changed = new(false);
    private volatile bool _isWanted;

    /// <summary>The pipeline's end.</summary>
    public ChannelReader<RecordBatch> Batches => _batches.Reader;

    /// <summary>Batches handed over and not yet taken back as finished. For the consumer's thread only.</summary>
    public int InFlight { get; private set; }

    /// <summary>True when the pipeline has taken the batch before. For the consumer's thread only.</summary>
    public bool CanOffer => _batches.Reader.Count == 0;

    /// <summary>
    /// True when the pipeline waits for a batch. Until then an open batch better grows: one that is handed over only lies
    /// there. For the consumer's thread only.
    /// </summary>
    public bool IsWanted => _isWanted && CanOffer;

    /// <summary>Hands a batch over; false when the one before has not been taken yet.</summary>
    public bool TryOffer(RecordBatch batch)
    {
        if (!_batches.Writer.TryWrite(batch))
        {
            return false;
        }

        InFlight++;
        foreach (var position in batch.Positions)
        {
            var partition = new TopicPartition(position.Topic, position.Partition);
            _held[partition] = _held.GetValueOrDefault(partition) + 1;
        }

        return true;
    }

    /// <summary>True while a batch in flight has something of a partition. For the consumer's thread only.</summary>
    public bool Holds(TopicPartition partition) => _held.ContainsKey(partition);

    /// <summary>No batch will follow.</summary>
    public void Complete() => _batches.Writer.TryComplete();

    /// <summary>Called by the pipeline when it has nothing to do.</summary>
    public void Want()
    {
        _isWanted = true;
        _changed.Set();
    }

    /// <summary>Called by the pipeline when it has taken a batch, so that the next can be offered.</summary>
    public void Taken()
    {
        _isWanted = false;
        _changed.Set();
    }

    /// <summary>Called by the pipeline when a batch is durable.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="isDisplaced">True when not every position of it could be moved.</param>
    public void Finish(RecordBatch batch, bool isDisplaced = false)
    {
        _finished.Enqueue(new FinishedBatch(batch, isDisplaced));
        _changed.Set();
    }

    /// <summary>Takes a finished batch back.</summary>
    public bool TryTakeFinished([NotNullWhen(true)] out FinishedBatch? batch)
    {
        if (!_finished.TryDequeue(out batch))
        {
            return false;
        }

        InFlight--;
        foreach (var position in batch.Batch.Positions)
        {
            var partition = new TopicPartition(position.Topic, position.Partition);
            if (_held[partition] == 1)
            {
                _held.Remove(partition);
            }
            else
            {
                _held[partition]--;
            }
        }

        return true;
    }

    /// <summary>Waits until the pipeline took or finished a batch, at most for the given time or until cancelled.</summary>
    public void WaitForChange(TimeSpan atMost, CancellationToken cancellationToken) =>
        WaitHandle.WaitAny([_changed, cancellationToken.WaitHandle], atMost);

    /// <inheritdoc />
    public void Dispose() => _changed.Dispose();
}
