using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// Moves batches from the source through scoring and writing and gives them back when they are durable, in order. While
/// one is written the next is scored and the one after is read.
/// </summary>
internal sealed class ScoringPipeline(
    BatchExchange exchange,
    BatchScorer scorer,
    BatchWriter writer,
    WorkerMetrics metrics,
    StageClock stages,
    Progress progress,
    TimeProvider time,
    ILogger<ScoringPipeline> logger)
{
    /// <summary>Runs until the source completes; a fault in a stage ends both and is thrown.</summary>
    /// <param name="cancellationToken">Gives up what is in flight.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Capacity 1: the stages overlap, and at most four batches are in memory (read, waiting, scored, written).
        var scored = Channel.CreateBounded<(ScoredBatch Batch, Activity? Activity)>(1);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var scoring = Task.Run(() => ScoreAllAsync(scored.Writer, either.Token), either.Token);
        var writing = Task.Run(() => WriteAllAsync(scored.Reader, either.Token), either.Token);
        var first = await Task.WhenAny(scoring, writing).ConfigureAwait(false);
        if (!first.IsCompletedSuccessfully)
        {
            await either.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(scoring, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await first.ConfigureAwait(false);
        await Task.WhenAll(scoring, writing).ConfigureAwait(false);
    }

    private async Task ScoreAllAsync(
        ChannelWriter<(ScoredBatch Batch, Activity? Activity)> scored, CancellationToken cancellationToken)
    {
        await foreach (var batch in exchange.Batches.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            exchange.Taken();
            metrics.StageTook("read", batch.ReadFor);
            var activity = WorkerActivity.StartBatch(batch);
            var result = Score(batch with { Trace = activity?.Context ?? default }, activity);
            Count(result);
            await scored.WriteAsync((result, activity), cancellationToken).ConfigureAwait(false);
        }

        scored.Complete();
    }

    private async Task WriteAllAsync(
        ChannelReader<(ScoredBatch Batch, Activity? Activity)> scored, CancellationToken cancellationToken)
    {
        await foreach (var (batch, activity) in scored.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            var (result, rejects) = await WriteAsync(batch, activity, cancellationToken).ConfigureAwait(false);
            foreach (var rejected in rejects)
            {
                var letter = rejected.DeadLetter;
                metrics.Rejected(letter.Position.Kind, letter.Reason);
                PipelineLog.Rejected(logger, letter.Position, letter.Reason, letter.Detail);
            }

            CountWritten(batch);
            PipelineLog.Written(logger, result.Inserted, result.DeadLetters, result.Duplicates, batch.Source.Reason);
            WorkerActivity.End(activity, result);
            exchange.Finish(batch.Source);
            progress.Ready();
        }
    }

    private ScoredBatch Score(RecordBatch batch, Activity? activity)
    {
        Activity.Current = activity;
        using var step = stages.Begin("score");
        var result = scorer.Score(batch);
        Activity.Current = null;
        return result;
    }

    // What is current here ends with this method: the caller goes on with other batches.
    private async Task<(WriteResult Result, ImmutableArray<RejectedRecord> Rejects)> WriteAsync(
        ScoredBatch batch, Activity? activity, CancellationToken cancellationToken)
    {
        Activity.Current = activity;
        using var step = stages.Begin("write");
        return await writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    private void Count(ScoredBatch batch)
    {
        foreach (var (type, values) in batch.Events.SelectMany(scored => scored.Message.Masked))
        {
            metrics.Masked(type, values);
        }
    }

    private void CountWritten(ScoredBatch batch)
    {
        var now = time.GetUtcNow();
        foreach (var group in batch.Events.CountBy(scored => scored.Position.Kind))
        {
            metrics.RowsWritten(group.Key, group.Value);
        }

        foreach (var scored in batch.Events.Where(scored => scored.Position.RecordedAt != RecordPosition.UnknownTime))
        {
            metrics.Delay(now - scored.Position.RecordedAt);
        }

        foreach (var position in batch.Positions.Where(position => position.EndOffset is not null))
        {
            metrics.Lag(
                position.Topic, position.Partition, position.EndOffset!.Value - position.NextOffset, position.MaxOccurredAt);
        }
    }
}
