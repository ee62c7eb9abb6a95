using System.Diagnostics;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>
/// Messages a second that a worker does while a producer on the same cores publishes as fast, so that the log never runs
/// empty. A backlog that was published before goes faster, because the producer's share of the machine is free then.
/// </summary>
internal static class SustainedRate
{
    // Some seconds of work: the largest batch and those read ahead.
    private const int Waiting = 2000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Counting = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Refill = TimeSpan.FromMilliseconds(50);

    /// <summary>Measures it and works off what was published for it.</summary>
    /// <param name="worker">The worker.</param>
    /// <param name="database">Where it writes.</param>
    /// <param name="producer">Publishes.</param>
    /// <param name="messages">What is published next.</param>
    /// <param name="sent">How many were published before.</param>
    /// <returns>The rate, and how many are published now.</returns>
    public static async Task<(double PerSecond, long Sent)> MeasureAsync(
        WorkerUnderTest worker, BenchDatabase database, BenchProducer producer, IEnumerator<SampleMessage> messages, long sent)
    {
        await PublishAsync(Settling);
        var (before, since) = (await database.WorkedOffAsync(), Stopwatch.GetTimestamp());
        await PublishAsync(Counting);
        var rate = (await database.WorkedOffAsync() - before) / Stopwatch.GetElapsedTime(since).TotalSeconds;
        producer.Flush();
        await worker.WaitForAsync(database, sent, TimeSpan.FromMinutes(1));
        return (rate, sent);

        async Task PublishAsync(TimeSpan duration)
        {
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < duration; await Task.Delay(Refill, TimeProvider.System))
            {
                worker.ThrowIfEnded();
                for (var waiting = sent - await database.WorkedOffAsync(); waiting < Waiting; waiting++)
                {
                    messages.MoveNext();
                    producer.Send(messages.Current);
                    sent++;
                }
            }
        }
    }
}
