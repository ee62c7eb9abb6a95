using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Faults.Load;
using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

public sealed class SentTwiceTests
{
    private static readonly LedgerEntry First = new(7, 0, WorldTopics.Complaints, 1, 10, 1000, "m7", true);

    [Fact]
    public void A_record_of_an_acknowledged_message_at_another_offset_was_sent_twice()
    {
        var again = First.Key with { Offset = 12 };

        Assert.Equal([First with { Offset = 12 }], SentTwice.Of(Log((First.Key, 7), (again, 7)), [First], 0));
    }

    [Fact]
    public void A_record_of_a_message_that_nobody_sent_or_with_another_time_was_not()
    {
        var invented = First.Key with { Offset = 12 };
        var other = First.Key with { Offset = 13, Timestamp = 1001 };

        Assert.Empty(SentTwice.Of(Log((First.Key, 7), (invented, 8), (other, 7)), [First], 0));
    }

    private static LogSnapshot Log(params (RecordKey Key, int Number)[] records) => new(
        new Dictionary<TopicPartition, long>(),
        new Dictionary<TopicPartition, long>(),
        records.ToDictionary(record => record.Key, record => record.Number),
        new HashSet<RecordKey>());
}
