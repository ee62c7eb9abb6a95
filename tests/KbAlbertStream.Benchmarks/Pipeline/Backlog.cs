namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>Fills topics with messages that wait.</summary>
internal static class Backlog
{
    /// <summary>Two partitions a topic: what one worker of a small installation reads.</summary>
    public const int Partitions = 2;

    /// <summary>Makes the topics and publishes the sample mix.</summary>
    public static async Task FillAsync(BenchBroker broker, BenchTopics topics, int messages)
    {
        await broker.CreateAsync(topics, Partitions);
        using var producer = new BenchProducer(broker, topics);
        foreach (var message in SampleMessages.Take(messages, TimeProvider.System.GetUtcNow()))
        {
            producer.Send(message);
        }
    }
}
