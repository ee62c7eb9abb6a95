using Confluent.Kafka;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// An admin client that is kept, because a connection a question would cost more than the question, and replaced when it
/// gets no answers: without topics of its own librdkafka looks for leaders and controller where they were at first, and
/// goes on asking a broker that died until it comes back. Thread-safe.
/// </summary>
internal sealed class AdminConnection(KafkaOptions options, KafkaProperties properties, TimeProvider time) : IDisposable
{
    // Longer than any question takes, so that nobody uses a client any more when it is disposed.
    private static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private IAdminClient? _client;
    private IAdminClient? _retired;
    private long _madeAt;

    /// <summary>The client to ask. Take it anew for every question.</summary>
    public IAdminClient Client
    {
        get
        {
            lock (_lock)
            {
                if (_client is null)
                {
                    _client = new AdminClientBuilder(KafkaClientSettings.Producer(options, properties))
                        .SetLogHandler((_, _) => { }).SetErrorHandler((_, _) => { }).Build();
                    _madeAt = time.GetTimestamp();
                }

                return _client;
            }
        }
    }

    /// <summary>A question was not answered, or not wholly: the next one is asked by a new client, after some seconds.</summary>
    public void Doubt()
    {
        IAdminClient? old = null;
        lock (_lock)
        {
            if (_client is not null && time.GetElapsedTime(_madeAt) >= ShortestLife)
            {
                (old, _retired, _client) = (_retired, _client, null);
            }
        }

        old?.Dispose();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _client?.Dispose();
        _retired?.Dispose();
    }
}
