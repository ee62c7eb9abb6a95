using System.Collections.Immutable;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>
/// Counts in the database, where every worker sees it, how often processes ended at work on a partition: a record that
/// ends its process moves on to the next worker with its partition, so no single process could tell.
/// </summary>
/// <param name="source">The database.</param>
/// <param name="process">This process: however often it is assigned a partition, that is one start.</param>
public sealed class PartitionStarts(NpgsqlDataSource source, Guid process)
{
    /// <summary>After so many ends at the same position records are taken one by one.</summary>
    public const int Suspicious = 2;

    /// <summary>
    /// Notes that partitions are started, at the position that <c>partition_progress</c> says; those it does not know
    /// are left out.
    /// </summary>
    /// <param name="partitions">The partitions.</param>
    /// <param name="reach">How many offsets may have been read ahead when a process ended.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ImmutableArray<PartitionStart>> BeginAsync(
        IReadOnlyCollection<(string Topic, int Partition)> partitions, long reach, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            INSERT INTO partition_starts AS s (topic, "partition", next_offset, process)
            SELECT p.topic, p."partition", p.next_offset, $3
            FROM unnest($1::text[], $2::int[]) AS n (topic, part)
            JOIN partition_progress AS p ON p.topic = n.topic AND p."partition" = n.part
            ORDER BY 1, 2
            ON CONFLICT (topic, "partition") DO UPDATE SET
              failures = CASE WHEN s.next_offset = excluded.next_offset THEN s.failures ELSE 0 END
                       + CASE WHEN s.process <> excluded.process AND s.at_work THEN 1 ELSE 0 END,
              isolated_until = CASE
                WHEN s.isolated_until > excluded.next_offset AND s.next_offset <= excluded.next_offset
                  THEN s.isolated_until
                WHEN s.next_offset = excluded.next_offset AND s.process <> excluded.process AND s.at_work
                  AND s.failures + 1 >= $4 THEN excluded.next_offset + $5 END,
              trial_offset = CASE
                WHEN s.trial_offset = excluded.next_offset AND s.process <> excluded.process AND s.at_work
                  THEN s.trial_offset END,
              at_work = s.at_work AND s.process = excluded.process,
              next_offset = excluded.next_offset,
              process = excluded.process,
              started_at = clock_timestamp()
            RETURNING topic, "partition", next_offset, failures, isolated_until, trial_offset
            """);
        AddPartitions(command, partitions);
        command.Parameters.Add(new() { Value = process });
        command.Parameters.Add(new() { Value = Suspicious });
        command.Parameters.Add(new() { Value = reach });

        var starts = ImmutableArray.CreateBuilder<PartitionStart>(partitions.Count);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            starts.Add(new PartitionStart(
                reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetInt32(3),
                await reader.GetFieldValueAsync<long?>(4, cancellationToken),
                await reader.GetFieldValueAsync<long?>(5, cancellationToken)));
        }

        return starts.DrainToImmutable();
    }

    /// <summary>Notes that this process begins with the records of partitions.</summary>
    public async Task WorkAsync(
        IReadOnlyCollection<(string Topic, int Partition)> partitions, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            UPDATE partition_starts AS s SET at_work = true
            FROM unnest($1::text[], $2::int[]) AS n (topic, part)
            WHERE s.topic = n.topic AND s."partition" = n.part AND s.process = $3
            """);
        AddPartitions(command, partitions);
        command.Parameters.Add(new() { Value = process });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Notes that a record is about to be taken alone; false when another process has started the partition.</summary>
    public async Task<bool> TryAsync(string topic, int partition, long offset, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            UPDATE partition_starts SET trial_offset = $3 WHERE topic = $1 AND "partition" = $2 AND process = $4
            """);
        command.Parameters.Add(new() { Value = topic });
        command.Parameters.Add(new() { Value = partition });
        command.Parameters.Add(new() { Value = offset });
        command.Parameters.Add(new() { Value = process });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Notes that partitions were given back in order, so that this process ended at work on none of them.</summary>
    public async Task EndAsync(
        IReadOnlyCollection<(string Topic, int Partition)> partitions, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            UPDATE partition_starts AS s SET at_work = false, failures = 0, trial_offset = NULL
            FROM unnest($1::text[], $2::int[]) AS n (topic, part)
            WHERE s.topic = n.topic AND s."partition" = n.part AND s.process = $3
            """);
        AddPartitions(command, partitions);
        command.Parameters.Add(new() { Value = process });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddPartitions(NpgsqlCommand command, IReadOnlyCollection<(string Topic, int Partition)> partitions)
    {
        command.Parameters.Add(new() { Value = partitions.Select(p => p.Topic).ToArray() });
        command.Parameters.Add(new() { Value = partitions.Select(p => p.Partition).ToArray() });
    }
}
