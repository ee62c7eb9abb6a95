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

    /// <summary>Hands the batch over when it reached a bound, or when the log has nothing more to give.</summary>
    public void OfferIfDue(IConsumer<byte[], byte[]> consumer, bool drained)
    {
        if (!assembler.IsEmpty && exchange.CanOffer
            && (assembler.ReachedBound() ?? (drained ? CutReason.Drained : null)) is { } reason)
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
        while (!assembler.IsEmpty && !TryOffer(consumer, reason) && HasTime())
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
