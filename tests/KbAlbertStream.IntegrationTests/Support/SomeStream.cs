using KbAlbertStream.IntegrationTests.Kafka;

namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>A stream of texts that count, with a record now and then that is none.</summary>
internal static class SomeStream
{
    /// <summary>Publishes texts with running numbers to the partitions of the news topic in turn.</summary>
    public static async Task PublishAsync(TestTopics topics, int first, int count, int partitions = 1, bool poison = true)
    {
        for (var i = first; i < first + count; i++)
        {
            await topics.PublishAsync(
                topics.News,
                poison && i % 10 == 9 ? "no json" : SomeMessages.News($"n{i:000}", "KB국민은행 개인정보 유출", $"본문 {i}"),
                partition: i % partitions);
        }
    }
}
