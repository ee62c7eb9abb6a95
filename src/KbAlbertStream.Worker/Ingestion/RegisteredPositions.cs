using System.Collections.Concurrent;
using Confluent.Kafka;
using KbAlbertStream.Storage.Reading;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Where partitions start: the stored positions, held against the logs as the brokers have them. What it finds - the end
/// of a log, a gap, a refusal - is stored before a record is read, so the detector's clock knows of every partition.
/// </summary>
internal sealed class RegisteredPositions(
    PartitionProgressReader stored,
    PartitionBounds bounds,
    PartitionRegistry registry,
    TopicNames topics,
    Offset withoutPosition,
    WorkerMetrics metrics,
    TimeProvider time,
    ILogger<RegisteredPositions> logger)
{
    // A follower that died with the leader holds the end back for as long as it counts as in sync: 30 s by default.
    private static readonly TimeSpan CatchUpPatience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<TopicPartition, long> _shortSince = new();

    /// <summary>A <see cref="PositionLookup"/>.</summary>
    public async Task<IReadOnlyDictionary<TopicPartition, StartPosition>> LookUpAsync(
        IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken)
    {
        var positions = await ReadAsync(partitions, cancellationToken).ConfigureAwait(false);
        var logs = await bounds.AskAsync(partitions).ConfigureAwait(false);
        var starts = new Dictionary<TopicPartition, StartPosition>();
        foreach (var (partition, log) in logs)
        {
            var start = positions.TryGetValue(partition, out var position)
                ? await MeetAsync(partition, position, log, cancellationToken).ConfigureAwait(false)
                : await AddAsync(partition, log, cancellationToken).ConfigureAwait(false);
            if (start is { } known)
            {
                starts.Add(partition, known);
            }
        }

        return starts;
    }

    /// <summary>A <see cref="PositionCheck"/>.</summary>
    public async Task<IReadOnlyDictionary<TopicPartition, DisplacementReason>> CheckAsync(
        IReadOnlyCollection<BelievedPosition> believed, CancellationToken cancellationToken)
    {
        var partitions = believed.Select(position => position.Partition).ToList();
        var positions = await ReadAsync(partitions, cancellationToken).ConfigureAwait(false);
        var ids = await bounds.TopicIdsAsync([.. partitions.Select(partition => partition.Topic).Distinct()])
            .ConfigureAwait(false);
        var displaced = new Dictionary<TopicPartition, DisplacementReason>();
        foreach (var position in believed)
        {
            var found = StartRule.DisplacementOf(
                position, positions.GetValueOrDefault(position.Partition), ids.GetValueOrDefault(position.Partition.Topic));
            if (found is { } reason)
            {
                displaced.Add(position.Partition, reason);
            }
        }

        return displaced;
    }

    private async Task<Dictionary<TopicPartition, StoredPosition>> ReadAsync(
        IReadOnlyCollection<TopicPartition> partitions, CancellationToken cancellationToken) =>
        (await stored.ReadAsync(partitions.Select(partition => partition.Topic).Distinct(), cancellationToken)
            .ConfigureAwait(false))
        .ToDictionary(position => new TopicPartition(position.Topic, position.Partition));

    // Null where somebody else stored something meanwhile: the next question finds it.
    private async Task<StartPosition?> AddAsync(TopicPartition partition, PartitionLog log, CancellationToken token)
    {
        var start = withoutPosition == Offset.End ? log.End : log.Start;
        var position = new NewPosition(
            topics.KindOf(partition.Topic), partition.Topic, partition.Partition.Value, start, log.End, log.TopicId);
        return await registry.TryAddAsync(position, token).ConfigureAwait(false) ? new StartPosition(start, 0) : null;
    }

    private async Task<StartPosition?> MeetAsync(
        TopicPartition partition, StoredPosition position, PartitionLog log, CancellationToken token)
    {
        // A broker that has told ids before will tell them again.
        if (position.TopicId is not null && log.TopicId is null)
        {
            return null;
        }

        if (MayStillCatchUp(partition, position, log))
        {
            return null;
        }

        if (StartRule.RefusalOf(position, log) is { } refusal)
        {
            return await registry.TryRefuseAsync(position, refusal, token).ConfigureAwait(false)
                ? new StartPosition(position.NextOffset, position.Epoch, refusal)
                : null;
        }

        if (!StartRule.IsOvertaken(position, log))
        {
            return await registry.TryConfirmAsync(position, log.End, log.TopicId, token).ConfigureAwait(false)
                ? new StartPosition(position.NextOffset, position.Epoch)
                : null;
        }

        if (!await registry.TryPassGapAsync(position, log.Start, log.End, log.TopicId, token).ConfigureAwait(false))
        {
            return null;
        }

        metrics.GapFound(log.Start - position.NextOffset);
        IngestionLog.RecordsLost(logger, partition, position.NextOffset, log.Start, log.Start - position.NextOffset);
        return new StartPosition(log.Start, position.Epoch);
    }

    private bool MayStillCatchUp(TopicPartition partition, StoredPosition position, PartitionLog log)
    {
        if (StartRule.MayCatchUp(position, log))
        {
            return time.GetElapsedTime(_shortSince.GetOrAdd(partition, _ => time.GetTimestamp())) < CatchUpPatience;
        }

        _shortSince.TryRemove(partition, out _);
        return false;
    }
}
