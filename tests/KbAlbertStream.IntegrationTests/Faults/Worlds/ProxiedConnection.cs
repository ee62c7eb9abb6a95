using System.Net;
using System.Net.Sockets;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>One connection through a proxy.</summary>
internal sealed class ProxiedConnection(TcpProxy proxy, TcpClient client) : IDisposable
{
    private static readonly byte[] Copy = "COPY "u8.ToArray();

    private readonly TcpClient _server = new();

    /// <summary>Moves bytes both ways until one side closes or it is disposed of.</summary>
    public async Task RunAsync(int target)
    {
        try
        {
            await proxy.Flow;
            await _server.ConnectAsync(IPAddress.Loopback, target);
            client.NoDelay = _server.NoDelay = true;
            await Task.WhenAny(
                PumpAsync(client.GetStream(), _server.GetStream(), isRequest: true),
                PumpAsync(_server.GetStream(), client.GetStream(), isRequest: false));
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The server is down: the client sees its connection close, as it would without a proxy.
        }

        Dispose();
    }

    /// <summary>Closes both sides at once.</summary>
    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool isRequest)
    {
        var buffer = new byte[64 * 1024];
        var isCopying = false;
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var read)
            {
                await proxy.Flow;
                var bytes = buffer.AsMemory(0, read);
                if (isRequest && isCopying && proxy.TakeCopyCut() is { } cut)
                {
                    await to.WriteAsync(bytes[..(read / 2)]);
                    Dispose();
                    cut.SetResult();
                    return;
                }

                isCopying = isRequest && bytes.Span.IndexOf(Copy) >= 0;
                await to.WriteAsync(bytes);
            }
        }
        catch (Exception closed) when (closed is IOException or SocketException or ObjectDisposedException)
        {
            // The other side is gone; so is this connection.
        }
    }
}
