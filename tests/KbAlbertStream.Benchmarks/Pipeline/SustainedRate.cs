using System.Diagnostics;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>
/// Messages a second that a worker does while a producer on the same cores publishes more than it can do. A backlog that
/// was published before goes faster, because the producer's share of the machine is free then.
/// </summary>
internal static class SustainedRate
{
    // The first estimate, and how much more than the last is published.
    private const double Start = 500;
    private const double Overload = 1.2;

    /// <summary>Measures it twice, the second time with the load that the first gives, and works off what was published.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="database">Where it writes.</param>
    /// <param name="producer">Publishes.</param>
    /// <param name="messages">What is published next.</param>
    /// <param name="sent">How many were published before.</param>
    /// <param name="counting">How long each time.</param>
    /// <returns>The second rate, and how many are published now.</returns>
    public static async Task<(double PerSecond, long Sent)> MeasureAsync(
        WorkerUnderTest worker,
        BenchDatabase database,
        BenchProducer producer,
        IEnumerator<SampleMessage> messages,
        long sent,
        TimeSpan counting)
    {
        var rate = Start;
        for (var i = 0; i < 2; i++)
        {
            var (before, since) = (await database.WorkedOffAsync(), Stopwatch.GetTimestamp());
            sent += await OpenLoop.RunAsync(producer, messages, Overload * rate, counting);
            worker.ThrowIfEnded();
            rate = (await database.WorkedOffAsync() - before) / Stopwatch.GetElapsedTime(since).TotalSeconds;
        }

        producer.Flush();
        await worker.WaitForAsync(database, sent, TimeSpan.FromMinutes(1));
        return (rate, sent);
    }
}
