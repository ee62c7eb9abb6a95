using System.Threading.Channels;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>Wakes whoever looks at new rows after a batch was written. Signals that nobody waits for are not lost.</summary>
internal sealed class WrittenSignal
{
    // One pending signal says it all: the reader looks at everything that is new.
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>A batch is durable.</summary>
    public void Set() => _signals.Writer.TryWrite(true);

    /// <summary>Returns after the next signal, or at once when one came since the last wait.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken) =>
        await _signals.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
}
