using System.Net;
using System.Net.Sockets;

namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>
/// Ports that nothing listens on. Below the range from which the system gives ports to outgoing connections: a killed
/// server must find its port free when it comes back.
/// </summary>
internal static class FreePorts
{
    private const int First = 12_000;
    private const int Count = 18_000;
    private static readonly Random Choice = new(Environment.ProcessId);

    public static int Next()
    {
        while (true)
        {
            int port;
            lock (Choice)
            {
                port = First + Choice.Next(Count);
            }

            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }
}
