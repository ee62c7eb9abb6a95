using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// Moves batches from the source through scoring and writing and gives them back when they are durable, in order. While
/// one is written the next is scored and the one after is read.
/// </summary>
/// <remarks>
/// A record that may end the process is the only one in work: what came before it is written first, and nothing follows
/// until it is written itself. So a process that ends was ended by it.
/// </remarks>
internal sealed class ScoringPipeline(
    BatchExchange exchange,
    BatchPace pace,
    Replays replays,
    CrashIsolation isolation,
    BatchScorer scorer,
    BatchWriter writer,
    WorkerMetrics metrics,
    StageClock stages,
    Progress progress,
    TimeProvider time,
    ILogger<ScoringPipeline> logger)
{
    // Of the last batch; for the scoring stage only.
    private TimeSpan _scoring;

    /// <summary>Runs until the source completes; a fault in a stage ends both and is thrown.</summary>
    /// <param name="cancellationToken">Gives up what is in flight.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Capacity 1: the stages overlap, and at most four batches are in memory (read, waiting, scored, written).
        var scored = Channel.CreateBounded<ScoredWork>(1);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var scoring = Task.Run(() => ScoreAllAsync(scored.Writer, either.Token), either.Token);
        var writing = Task.Run(() => WriteAllAsync(scored.Reader, either.Token), either.Token);
        var first = await Task.WhenAny(scoring, writing).ConfigureAwait(false);
        if (!first.IsCompletedSuccessfully)
        {
            if (first.Exception?.GetBaseException() is not (null or NpgsqlException or KafkaException))
            {
                isolation.Fail();
            }

            await either.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(scoring, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await first.ConfigureAwait(false);
        await Task.WhenAll(scoring, writing).ConfigureAwait(false);
    }

    private async Task ScoreAllAsync(ChannelWriter<ScoredWork> scored, CancellationToken cancellationToken)
    {
        var written = Task.CompletedTask;
        exchange.Want();
        await foreach (var batch in exchange.Batches.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            exchange.Taken();
            metrics.StageTook("read", batch.ReadFor);
            await isolation.WorkAsync(batch, cancellationToken).ConfigureAwait(false);
            var parts = isolation.Split(replays.Restore(batch));
            for (var i = 0; i < parts.Length; i++)
            {
                var part = parts[i];
                if (part.Alone)
                {
                    await written.WaitAsync(cancellationToken).ConfigureAwait(false);
                }

                var activity = WorkerActivity.StartBatch(part.Batch, time.GetUtcNow());
                var result = part.Alone
                    ? await ScoreAloneAsync(part.Batch, activity, cancellationToken).ConfigureAwait(false)
                    : Score(part.Batch, activity);
                Count(result);
                var finishes = batch with { Trace = activity?.Context ?? default };
                var work = new ScoredWork(result, i == parts.Length - 1 ? finishes : null, activity) { Scoring = _scoring };
                written = work.Written;
                await scored.WriteAsync(work, cancellationToken).ConfigureAwait(false);
                if (part.Alone)
                {
                    await written.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            exchange.Want();
        }

        scored.Complete();
    }

    private async Task<ScoredBatch> ScoreAloneAsync(
        RecordBatch batch, Activity? activity, CancellationToken cancellationToken)
    {
        var record = batch.Records[0];
        return await isolation.TryAsync(record, cancellationToken).ConfigureAwait(false) is { } letter
            ? new ScoredBatch(batch, [], [new RejectedRecord(record, letter, RejectStage.Process)], batch.Positions)
            : Score(batch, activity);
    }

    private async Task WriteAllAsync(ChannelReader<ScoredWork> scored, CancellationToken cancellationToken)
    {
        var isDisplaced = false;
        await foreach (var work in scored.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            var (batch, since) = (work.Batch, time.GetTimestamp());
            var (result, rejects) = await WriteAsync(batch, work.Activity, cancellationToken).ConfigureAwait(false);
            var writing = time.GetElapsedTime(since);
            pace.Note(batch.Source.Records.Length, work.Scoring > writing ? work.Scoring : writing);
            foreach (var rejected in rejects)
            {
                var letter = rejected.DeadLetter;
                metrics.Rejected(letter.Position.Kind, letter.Reason);
                PipelineLog.Rejected(logger, letter.Position, letter.Reason, letter.Detail);
            }

            CountWritten(batch);
            PipelineLog.Written(logger, result.Inserted, result.DeadLetters, result.Duplicates, batch.Source.Reason);
            WorkerActivity.End(work.Activity, result);
            work.MarkWritten();
            isDisplaced |= result.Displaced > 0;
            if (work.Finishes is { } finished)
            {
                exchange.Finish(finished, isDisplaced);
                isDisplaced = false;
            }

            progress.Ready();
        }
    }

    private ScoredBatch Score(RecordBatch batch, Activity? activity)
    {
        Activity.Current = activity;
        var since = time.GetTimestamp();
        try
        {
            using var step = stages.Begin("score");
            return scorer.Score(batch);
        }
        finally
        {
            // After the step, whose end makes the batch current again.
            Activity.Current = null;
            _scoring = time.GetElapsedTime(since);
        }
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

        foreach (var group in batch.Withdrawals.CountBy(withdrawal => withdrawal.Position.Kind))
        {
            metrics.Withdrawn(group.Key, group.Value);
        }

        // A replay's delay would say how long somebody took to repair something.
        var replayed = batch.Source.Records.Where(record => record.ReplayedAt is not null)
            .Select(record => record.Position).ToHashSet();
        foreach (var scored in batch.Events.Where(scored =>
            scored.Position.RecordedAt != RecordPosition.UnknownTime && !replayed.Contains(scored.Position)))
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
