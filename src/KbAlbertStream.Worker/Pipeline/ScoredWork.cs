using System.Diagnostics;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>What scoring hands to writing.</summary>
/// <param name="Batch">The scored batch, or a part of one.</param>
/// <param name="Finishes">The batch that is done once this is written; null for a part that others follow.</param>
/// <param name="Activity">Its trace.</param>
internal sealed record ScoredWork(ScoredBatch Batch, RecordBatch? Finishes, Activity? Activity)
{
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How long scoring took.</summary>
    public TimeSpan Scoring { get; init; }

    /// <summary>Completes when it is durable.</summary>
    public Task Written => _written.Task;

    /// <summary>Says that it is durable.</summary>
    public void MarkWritten() => _written.TrySetResult();
}
