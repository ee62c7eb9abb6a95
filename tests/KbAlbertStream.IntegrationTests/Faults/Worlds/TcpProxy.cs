using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>A port that leads to a server on this machine, until it stalls, cuts or refuses.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ProxiedConnection, byte> _connections = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly int _target;
    private readonly Lock _lock = new();
    private TcpListener? _listener;
    private TaskCompletionSource? _stall;
    private TaskCompletionSource? _copyCut;

    private TcpProxy(int target)
    {
        _target = target;
        Port = FreePorts.Next();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Completed while bytes may pass.</summary>
    public Task Flow => Volatile.Read(ref _stall)?.Task ?? Task.CompletedTask;

    /// <summary>A proxy that lets everything through.</summary>
    public static TcpProxy To(int target)
    {
        var proxy = new TcpProxy(target);
        proxy.Listen();
        return proxy;
    }

    /// <summary>From here on nothing passes; connections stay, and new ones are taken and left waiting.</summary>
    public void Stall() => Interlocked.CompareExchange(ref _stall, NewSource(), null);

    /// <summary>What was held back passes, and what comes.</summary>
    public void Resume() => Interlocked.Exchange(ref _stall, null)?.SetResult();

    /// <summary>Closes the port and every connection.</summary>
    public void Refuse()
    {
        lock (_lock)
        {
            _listener?.Dispose();
            _listener = null;
        }

        foreach (var connection in _connections.Keys)
        {
            connection.Dispose();
        }
    }

    /// <summary>Opens the port, again after <see cref="Refuse"/>.</summary>
    public void Listen()
    {
        lock (_lock)
        {
            if (_listener is null)
            {
                _listener = new TcpListener(IPAddress.Loopback, Port);
                _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
                _listener.Start();
                _ = AcceptAsync(_listener);
            }
        }
    }

    /// <summary>Cuts the next connection on which rows of a COPY travel, in the middle of them; returns when it did.</summary>
    public Task CutNextCopyAsync()
    {
        var cut = NewSource();
        Volatile.Write(ref _copyCut, cut);
        return cut.Task;
    }

    /// <summary>The right to cut a COPY, given to one connection.</summary>
    public TaskCompletionSource? TakeCopyCut() => Interlocked.Exchange(ref _copyCut, null);

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        Refuse();
        Resume();
        _ending.Dispose();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            var connection = new ProxiedConnection(this, client);
            _connections[connection] = 0;
            _ = Task.Run(async () =>
            {
                await connection.RunAsync(_target);
                _connections.TryRemove(connection, out _);
            });
        }
    }
}
