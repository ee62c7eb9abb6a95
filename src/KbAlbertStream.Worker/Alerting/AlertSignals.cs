using System.Threading.Channels;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Wakes every deliverer when an alert is new. A signal that comes while one is busy is not lost.</summary>
internal sealed class AlertSignals(IEnumerable<IAlertSink> sinks)
{
    // One pending signal says it all: a deliverer takes everything that is due.
    private readonly Dictionary<string, Channel<bool>> _signals = sinks.ToDictionary(
        sink => sink.Name,
        _ => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));

    /// <summary>An alert is new.</summary>
    public void Set()
    {
        foreach (var signal in _signals.Values)
        {
            signal.Writer.TryWrite(true);
        }
    }

    /// <summary>Returns after the next signal to a sink, or after the time.</summary>
    public async Task WaitAsync(string sink, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _signals[sink].Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up.
        }
    }
}
