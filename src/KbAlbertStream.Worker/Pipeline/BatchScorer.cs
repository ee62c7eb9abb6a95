using System.Collections.Immutable;
using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Telemetry;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// Turns raw records into what is stored. The service and <c>inspect</c> share it, so what one prints the other stores.
/// </summary>
/// <remarks>
/// 1. Validate: bytes become a message, a withdrawal or a reject. 2. Normalise and mask. 3. Score all texts together. 4. Link
/// institutions. Whatever a record can contain ends as a reject in step 1; a fault later is a bug and is thrown.
/// </remarks>
internal sealed class BatchScorer(
    MessageParser parser,
    TextPreparer preparer,
    InstitutionLinker linker,
    ScoreTexts score,
    ScoreVersions versions,
    ComplaintsOptions complaints,
    StageClock? stages = null)
{
    /// <summary>Scores a batch. Events, withdrawals and rejects keep the order of the records.</summary>
    public ScoredBatch Score(RecordBatch batch)
    {
        var messages = new List<(RecordPosition Position, PreparedMessage Message)>(batch.Records.Length);
        var withdrawals = ImmutableArray.CreateBuilder<Withdrawal>();
        var rejects = ImmutableArray.CreateBuilder<RejectedRecord>();
        using (stages?.Begin("score_prepare"))
        {
            Prepare(batch, messages, withdrawals, rejects);
        }

        IReadOnlyList<RiskScores> scores;
        using (stages?.Begin("score_model"))
        {
            scores = messages.Count == 0 ? [] : score([.. messages.Select(item => item.Message.Content)]);            // 3
        }

        using var linking = stages?.Begin("score_link");
        var events = messages.Zip(scores, (item, scored) => new ScoredEvent(
            item.Position,
            item.Message,
            linker.Link(item.Message, complaints.DefaultInstitution),                                       // 4
            scored,
            versions)).ToImmutableArray();
        return new ScoredBatch(batch, events, rejects.ToImmutable(), WithEventTimes(batch.Positions, events))
        {
            Withdrawals = withdrawals.ToImmutable(),
        };
    }

    private void Prepare(
        RecordBatch batch,
        List<(RecordPosition Position, PreparedMessage Message)> messages,
        ImmutableArray<Withdrawal>.Builder withdrawals,
        ImmutableArray<RejectedRecord>.Builder rejects)
    {
        foreach (var record in batch.Records)
        {
            var parsed = parser.Parse(
                record.Position.Kind, record.Key, record.Value, record.Position.RecordedAt);                // 1
            if (parsed.IsMessage)
            {
                messages.Add((record.Position, preparer.Prepare(parsed.Message)));                          // 2
                continue;
            }

            if (parsed.IsWithdrawal)
            {
                withdrawals.Add(new Withdrawal(record.Position, preparer.PrepareId(parsed.WithdrawnId)));   // 2
                continue;
            }

            var letter = new DeadLetter(record.Position, parsed.Reason, parsed.Detail);
            rejects.Add(new RejectedRecord(record, letter, RejectStage.Validate));
        }
    }

    private static ImmutableArray<PartitionPosition> WithEventTimes(
        ImmutableArray<PartitionPosition> positions, ImmutableArray<ScoredEvent> events)
    {
        var latest = events
            .GroupBy(scored => (scored.Position.Topic, scored.Position.Partition))
            .ToDictionary(group => group.Key, group => group.Max(scored => scored.Message.OccurredAt));
        return [.. positions.Select(position => latest.TryGetValue((position.Topic, position.Partition), out var at)
            ? position with { MaxOccurredAt = at }
            : position)];
    }
}
