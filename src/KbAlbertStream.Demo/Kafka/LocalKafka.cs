using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;

namespace KbAlbertStream.Demo.Kafka;

/// <summary>
/// A Kafka broker inside this process: librdkafka's mock cluster, which speaks the real protocol on a TCP port of
/// 127.0.0.1. It keeps about 5 MB a partition and drops the oldest beyond that: fine for a demo and for fault tests, not
/// for load. It lives until it is disposed.
/// </summary>
public sealed class LocalKafka : IDisposable
{
    private readonly nint _client;
    private readonly nint _cluster;
    private bool _disposed;

    private LocalKafka(nint client, nint cluster, string bootstrapServers)
    {
        _client = client;
        _cluster = cluster;
        BootstrapServers = bootstrapServers;
    }

    /// <summary>What clients connect to, <c>host:port</c>.</summary>
    public string BootstrapServers { get; }

    /// <summary>Starts a cluster.</summary>
    /// <exception cref="InvalidOperationException">librdkafka could not start one.</exception>
    /// <exception cref="DllNotFoundException">No build of librdkafka loads on this machine.</exception>
    public static LocalKafka Start(int brokers = 1)
    {
        Span<byte> error = stackalloc byte[LibRdKafka.ErrorTextSize];
        var configuration = LibRdKafka.NewConfiguration();

        // The carrier client connects to nothing; its log would only repeat what the cluster's own clients see.
        _ = LibRdKafka.Set(configuration, "log_level", "0", error, LibRdKafka.ErrorTextSize);
        var client = LibRdKafka.NewClient(LibRdKafka.Producer, configuration, error, LibRdKafka.ErrorTextSize);
        if (client == 0)
        {
            throw new InvalidOperationException(
                $"librdkafka: {Encoding.UTF8.GetString(error[..Math.Max(0, error.IndexOf((byte)0))])}");
        }

        var cluster = LibRdKafka.NewCluster(client, brokers);
        if (cluster == 0)
        {
            LibRdKafka.DestroyClient(client);
            throw new InvalidOperationException("librdkafka could not start its mock cluster");
        }

        // A group forms at once: nobody else will join within the default three seconds.
        LibRdKafka.SetInitialRebalanceDelay(cluster, 0);
        return new LocalKafka(client, cluster, Marshal.PtrToStringUTF8(LibRdKafka.Bootstraps(cluster))!);
    }

    /// <summary>Makes a topic. Topics that are not made get four partitions when first used.</summary>
    public void CreateTopic(string topic, int partitions)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var error = (ErrorCode)LibRdKafka.CreateTopic(_cluster, topic, partitions, 1);
        if (error != ErrorCode.NoError)
        {
            throw new InvalidOperationException($"topic {topic} cannot be made: {error}");
        }
    }

    /// <summary>Takes a broker (numbered from 1) off the network.</summary>
    public void TakeDown(int broker = 1) => _ = LibRdKafka.SetDown(_cluster, broker);

    /// <summary>Brings a broker back.</summary>
    public void BringUp(int broker = 1) => _ = LibRdKafka.SetUp(_cluster, broker);

    /// <summary>Answers the next requests of a kind (Kafka's number of the API) with these errors.</summary>
    public void FailNext(short apiKey, params ErrorCode[] errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        LibRdKafka.PushErrors(_cluster, apiKey, (nuint)errors.Length, [.. errors.Select(error => (int)error)]);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            LibRdKafka.DestroyCluster(_cluster);
            LibRdKafka.DestroyClient(_client);
        }
    }
}
