using System.Diagnostics;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>
/// Publishes at a rate whatever the worker does: arrivals are drawn beforehand (a Poisson stream with a fixed seed), and a
/// producer that is late sends at once, so a slow worker cannot slow its own load down. It looks every few milliseconds: a
/// timer a message would take a share of the cores that no producer elsewhere takes.
/// </summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    /// <summary>Publishes for a time. Returns how many messages.</summary>
    public static async Task<int> RunAsync(
        BenchProducer producer, IEnumerator<SampleMessage> messages, double perSecond, TimeSpan duration)
    {
        var random = new Random(11);
        var (sent, due, clock) = (0, 0.0, Stopwatch.StartNew());
        while (true)
        {
            due += -Math.Log(1 - random.NextDouble()) / perSecond;
            if (due > duration.TotalSeconds)
            {
                return sent;
            }

            while (clock.Elapsed.TotalSeconds < due)
            {
                await Task.Delay(Tick, TimeProvider.System);
            }

            messages.MoveNext();
            producer.Send(messages.Current);
            sent++;
        }
    }
}
