using Confluent.Kafka;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Tests.Worker.Ingestion;

public sealed class PartitionStatesTests
{
    private static readonly TopicPartition Partition = new("risk.news.v1", 3);

    private readonly PartitionStates _states = new();

    public PartitionStatesTests() => _states.Add(Partition, new StartPosition(100, 0));

    [Fact]
    public void What_stands_at_the_start_is_sure_and_so_is_all_that_follows()
    {
        Assert.Equal(FirstFind.Sure, _states.Find(Partition, 100));
        Assert.Equal(FirstFind.Sure, _states.Find(Partition, 140));
    }

    [Fact]
    public void What_lies_behind_the_start_is_sure_once_it_is_found_there_again()
    {
        Assert.Equal(FirstFind.Doubtful, _states.Find(Partition, 105));
        Assert.Equal(FirstFind.Doubtful, _states.Find(Partition, 106));
        Assert.Equal(FirstFind.Sure, _states.Find(Partition, 106));
    }

    [Fact]
    public void What_lies_before_the_start_is_stale()
    {
        Assert.Equal(FirstFind.Stale, _states.Find(Partition, 99));
        Assert.Equal(FirstFind.Sure, _states.Find(Partition, 100));
    }

    [Fact]
    public void A_new_start_begins_anew()
    {
        _states.Find(Partition, 100);
        _states.AddUnpositioned(Partition);
        _states.Add(Partition, new StartPosition(50, 1));

        Assert.Equal(FirstFind.Doubtful, _states.Find(Partition, 101));
    }
}
