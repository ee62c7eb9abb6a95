using System.Diagnostics;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>
/// Publishes at a rate whatever the worker does: arrivals are drawn beforehand (a Poisson stream with a fixed seed), and a
/// producer that is late sends at once, so a slow worker cannot slow its own load down.
/// </summary>
internal static class OpenLoop
{
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

            if (TimeSpan.FromSeconds(due) - clock.Elapsed is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, TimeProvider.System);
            }

            messages.MoveNext();
            producer.Send(messages.Current);
            sent++;
        }
    }
}
