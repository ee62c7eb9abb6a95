using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// Says when a batch may be the first after a pause, of whatever server: what is stored about the other partitions is then
/// older than the batch. For one writer.
/// </summary>
internal sealed class CatchUp(TimeProvider time)
{
    /// <summary>A batch whose newest record is older than this comes after a pause.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    // While a backlog is read every batch is late, and the ends are known well enough.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private long? _lastAt;

    /// <summary>True when the ends of the logs have to be stored before this batch.</summary>
    /// <param name="batch">What is to be written.</param>
    /// <param name="again">Whether writing it has failed before.</param>
    public bool IsDue(EventBatch batch, bool again)
    {
        var isDue = again || (IsLate(batch) && (_lastAt is not { } at || time.GetElapsedTime(at) >= Pause));
        if (isDue)
        {
            _lastAt = time.GetTimestamp();
        }

        return isDue;
    }

    private bool IsLate(EventBatch batch)
    {
        var newest = batch.Events.Select(scored => scored.Position.RecordedAt)
            .Where(at => at != RecordPosition.UnknownTime).DefaultIfEmpty(DateTimeOffset.MaxValue).Max();
        return time.GetUtcNow() - Late > newest;
    }
}
