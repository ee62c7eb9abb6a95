using System.Collections.Concurrent;
using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>Takes webhook posts, unless it is down, and keeps the idempotency key of each.</summary>
internal sealed class AlertReceiver : IAsyncDisposable
{
    private readonly WebhookReceiver _receiver;
    private readonly ConcurrentQueue<string> _keys = new();
    private readonly TcpProxy _door;

    private AlertReceiver(WebhookReceiver receiver)
    {
        _receiver = receiver;
        _door = TcpProxy.To(receiver.Url.Port);
        Url = new UriBuilder(receiver.Url) { Port = _door.Port }.Uri;
    }

    public Uri Url { get; }

    public static async Task<AlertReceiver> StartAsync() => new(await WebhookReceiver.StartAsync());

    /// <summary>The keys that were taken, as often as they came.</summary>
    public IReadOnlyCollection<string> Keys()
    {
        foreach (var post in _receiver.Rest())
        {
            _keys.Enqueue(post.Headers["Idempotency-Key"]);
        }

        return _keys;
    }

    /// <summary>Nobody listens any more.</summary>
    public void GoDown() => _door.Refuse();

    public void ComeBack() => _door.Listen();

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        await _receiver.DisposeAsync();
    }
}
