using Confluent.Kafka;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>Stored positions are the end of the log, and what the group committed is not beyond them.</summary>
internal static class PositionCheck
{
    public static IEnumerable<Finding> Compare(
        IReadOnlyDictionary<(string Topic, int Partition), long> stored,
        IReadOnlyDictionary<TopicPartition, long> ends,
        IReadOnlyDictionary<TopicPartition, long> committed)
    {
        foreach (var (partition, end) in ends)
        {
            var position = stored.GetValueOrDefault((partition.Topic, partition.Partition.Value));
            if (position != end)
            {
                yield return new Finding(Broken.Positions, $"{partition} is at {position}, its log ends at {end}");
            }

            if (committed.TryGetValue(partition, out var offset) && offset > position)
            {
                yield return new Finding(Broken.Positions, $"{partition} is committed to {offset} and stored to {position}");
            }
        }
    }
}
