using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>Makes a scored batch durable: dead letters in Kafka, then rows, letters and positions in one transaction.</summary>
/// <remarks>
/// 1. Publish the dead letters and wait for the brokers: their offsets move in step 2. 2. Write everything, after a pause
/// only when it is stored where the logs end by now; a passing fault repeats the whole batch. 3. When the database refuses the content of a row: halve until the record is found, write the
/// others, make a dead letter of it, and only then write the positions.
/// </remarks>
internal sealed class BatchWriter(
    DeadLetterPublisher deadLetters,
    WriteEvents write,
    NoteLogEnds noteEnds,
    Retries retries,
    StageClock stages,
    TimeProvider time,
    ILogger<BatchWriter> logger)
{
    private readonly CatchUp _catchUp = new(time);

    /// <summary>Writes a batch. It returns when everything is durable; a replay changes nothing.</summary>
    /// <returns>What changed, and the rejects with those that the database added.</returns>
    public async Task<(WriteResult Result, ImmutableArray<RejectedRecord> Rejects)> WriteAsync(
        ScoredBatch batch, CancellationToken cancellationToken)
    {
        await PublishAsync(batch.Rejects, cancellationToken).ConfigureAwait(false);                          // 1
        try
        {
            var all = new EventBatch(batch.Events, Letters(batch.Rejects), batch.Positions)
            {
                Withdrawals = batch.Withdrawals,
            };
            return (await WriteAsync(all, cancellationToken).ConfigureAwait(false), batch.Rejects);          // 2
        }
        catch (Exception fault) when (IsBadData(fault) && !batch.Events.IsEmpty)
        {
            PipelineLog.Isolating(logger, batch.Events.Length, Retries.CodeOf(fault));
        }

        var refused = new List<RejectedRecord>();                                                            // 3
        var rows = await IsolateAsync(batch, batch.Events, refused, cancellationToken).ConfigureAwait(false);
        await PublishAsync([.. refused], cancellationToken).ConfigureAwait(false);
        var rejects = batch.Rejects.AddRange(refused);
        var remaining = new EventBatch([], Letters(rejects), batch.Positions) { Withdrawals = batch.Withdrawals };
        var rest = await WriteAsync(remaining, cancellationToken).ConfigureAwait(false);
        return (Sum(rows, rest), rejects);
    }

    private static bool IsBadData(Exception fault) => DatabaseFaults.Classify(fault) == DatabaseFault.BadData;

    private static ImmutableArray<DeadLetter> Letters(ImmutableArray<RejectedRecord> rejects) =>
        [.. rejects.Select(rejected => rejected.DeadLetter)];

    private static WriteResult Sum(WriteResult a, WriteResult b) => new(
        a.Inserted + b.Inserted, a.Duplicates + b.Duplicates, a.Counted + b.Counted, a.DeadLetters + b.DeadLetters)
    {
        Withdrawals = a.Withdrawals + b.Withdrawals,
        Displaced = a.Displaced + b.Displaced,
    };

    private async Task<WriteResult> IsolateAsync(
        ScoredBatch batch,
        ImmutableArray<ScoredEvent> events,
        List<RejectedRecord> refused,
        CancellationToken cancellationToken)
    {
        try
        {
            // Without positions: they may not pass a record that is not durable yet.
            return await WriteAsync(new EventBatch(events, [], []), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (IsBadData(fault) && events.Length == 1)
        {
            var position = events[0].Position;
            var original = batch.Source.Records.First(record => record.Position == position);
            var letter = new DeadLetter(position, RejectReason.RefusedByDatabase, Retries.CodeOf(fault));
            refused.Add(new RejectedRecord(original, letter, RejectStage.Write));
            return default;
        }
        catch (Exception fault) when (IsBadData(fault))
        {
            // Halved below: a second call inside the handler would keep the exception alive.
        }

        var half = events.Length / 2;
        var first = await IsolateAsync(batch, events[..half], refused, cancellationToken).ConfigureAwait(false);
        var second = await IsolateAsync(batch, events[half..], refused, cancellationToken).ConfigureAwait(false);
        return Sum(first, second);
    }

    private async Task PublishAsync(ImmutableArray<RejectedRecord> rejects, CancellationToken cancellationToken)
    {
        if (!rejects.IsEmpty)
        {
            using var step = stages.Begin("write_dead_letters");
            await retries.DeadLettersAsync(token => deadLetters.PublishAsync(rejects, token), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<WriteResult> WriteAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        using var step = stages.Begin("write_database");
        var again = false;
        return await retries.DatabaseAsync(
            async token =>
            {
                var isDue = _catchUp.IsDue(batch, again);
                again = true;
                if (isDue)
                {
                    await noteEnds(token).ConfigureAwait(false);
                }

                return await write(batch, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }
}
