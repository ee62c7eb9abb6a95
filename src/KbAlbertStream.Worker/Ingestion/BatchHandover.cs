using Confluent.Kafka;
using KbAlbertStream.Worker.Telemetry;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Hands the open batch to the pipeline when it is due, and waits for what is in flight when reading ends. Runs on the
/// consumer's thread.
/// </summary>
internal sealed class BatchHandover(
    BatchAssembler assembler, BatchExchange exchange, OffsetCommitter committer, WorkerMetrics metrics, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    // Cut when partitions went, and not yet taken. Nothing is read while there are any, so there are few.
    private readonly Queue<RecordBatch> _sealed = new();

    /// <summary>True while there is something to hand over that must not grow.</summary>
    public bool IsBehind => _sealed.Count > 0 || assembler.IsFull;

    /// <summary>True when there is nothing to hand over.</summary>
    public bool IsEmpty => _sealed.Count == 0 && assembler.IsEmpty;

    /// <summary>True while something read from a partition is still to be written.</summary>
    public bool Holds(TopicPartition partition) =>
        assembler.Holds(partition)
        || exchange.Holds(partition)
        || _sealed.Any(batch => batch.Positions.Any(position =>
            position.Partition == partition.Partition.Value && position.Topic == partition.Topic));

    /// <summary>
    /// Hands the batch over when it reached a bound, or when the pipeline waits for it and it would not soon be much larger.
    /// </summary>
    public void OfferIfDue(IConsumer<byte[], byte[]> consumer, bool drained)
    {
        OfferSealed();
        if (_sealed.Count == 0 && exchange.CanOffer && assembler.Due(exchange.IsWanted, drained) is { } reason)
        {
            TryOffer(consumer, reason);
        }
    }

    /// <summary>
    /// Hands over what is open and waits until everything in flight is durable and committed, at most for the given time.
    /// What could not be handed over stays open.
    /// </summary>
    public void Finish(
        IConsumer<byte[], byte[]> consumer, CutReason reason, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (!IsEmpty && !TryOfferAll(consumer, reason) && HasTime())
        {
            exchange.WaitForChange(Look, cancellationToken);
        }

        committer.Run(consumer, now: true);
        while (exchange.InFlight > 0 && HasTime())
        {
            exchange.WaitForChange(Look, cancellationToken);
            committer.Run(consumer, now: true);
        }

        bool HasTime() => !cancellationToken.IsCancellationRequested && time.GetElapsedTime(since) < atMost;
    }

    /// <summary>
    /// Closes the open batch, because a partition in it goes. It is written all the same: the next owner may write the
    /// same rows again, which changes nothing, but when the topic was deleted there is nobody else who has them.
    /// </summary>
    public void Seal()
    {
        if (!assembler.IsEmpty)
        {
            _sealed.Enqueue(assembler.Cut(CutReason.Revoke, _ => null));
            assembler.Clear();
        }
    }

    private bool TryOfferAll(IConsumer<byte[], byte[]> consumer, CutReason reason)
    {
        OfferSealed();
        return _sealed.Count == 0 && (assembler.IsEmpty || TryOffer(consumer, reason));
    }

    private void OfferSealed()
    {
        while (_sealed.TryPeek(out var batch) && exchange.TryOffer(batch))
        {
            _sealed.Dequeue();
            metrics.BatchCut(batch.Reason, batch.Records.Length);
        }
    }

    private bool TryOffer(IConsumer<byte[], byte[]> consumer, CutReason reason)
    {
        var batch = assembler.Cut(reason, partition => EndOf(consumer, partition));
        if (!exchange.TryOffer(batch))
        {
            return false;
        }

        assembler.Clear();
        metrics.BatchCut(reason, batch.Records.Length);
        return true;
    }

    // The end of the log as the last fetch reported it; no request is made.
    private static long? EndOf(IConsumer<byte[], byte[]> consumer, TopicPartition partition)
    {
        var end = consumer.GetWatermarkOffsets(partition).High;
        return end.IsSpecial ? null : end.Value;
    }
}
