using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using KbAlbertStream.IntegrationTests.Faults.Worlds;
using KbAlbertStream.IntegrationTests.Support;

namespace KbAlbertStream.IntegrationTests.Faults.Load;

/// <summary>
/// Publishes a script at a steady rate with <c>acks=all</c> and idempotence, and writes what was acknowledged into the
/// ledger. While the broker is away messages wait; none is given up.
/// </summary>
internal sealed class LoadProducer : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private const int MostUnacknowledged = 20_000;

    private readonly IProducer<string, byte[]> _producer;
    private readonly WorldTopics _topics;
    private readonly LoadScript _script;
    private readonly int _perSecond;
    private readonly ConcurrentQueue<string> _refused = new();
    private CancellationTokenSource? _running;
    private Task _publishing = Task.CompletedTask;
    private int _sent;

    public LoadProducer(string servers, WorldTopics topics, LoadScript script, int perSecond)
    {
        (_topics, _script, _perSecond) = (topics, script, perSecond);
        _producer = new ProducerBuilder<string, byte[]>(new ProducerConfig
        {
            BootstrapServers = servers,
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = 5,
            MessageTimeoutMs = 600_000,
            ReconnectBackoffMaxMs = 500,
        }).SetLogHandler((_, _) => { }).SetErrorHandler((_, error) =>
        {
            if (error.IsFatal)
            {
                _refused.Enqueue($"{error.Code}: {error.Reason}");
            }
        }).Build();
    }

    /// <summary>What was acknowledged.</summary>
    public Ledger Ledger { get; } = new();

    /// <summary>The event time of the last message that was sent.</summary>
    public DateTimeOffset EventTime => _script.Now;

    /// <summary>Errors of deliveries; there must be none, or the ledger would not be complete.</summary>
    public IReadOnlyCollection<string> Refused => _refused;

    /// <summary>Goes on publishing.</summary>
    public void Start()
    {
        _running = new CancellationTokenSource();
        _publishing = Task.Run(() => PublishAsync(_running.Token));
    }

    /// <summary>Stops publishing; returns once every message is acknowledged.</summary>
    public async Task StopAsync()
    {
        await (_running?.CancelAsync() ?? Task.CompletedTask);
        await _publishing;
        await Task.Run(() => _producer.Flush(TimeSpan.FromSeconds(120)));
        await Eventually.IsTrueAsync(() => Ledger.Count + _refused.Count >= _sent, "acknowledgements");
    }

    public async ValueTask DisposeAsync()
    {
        await (_running?.CancelAsync() ?? Task.CompletedTask);
        await _publishing;
        _producer.Dispose();
    }

    private async Task PublishAsync(CancellationToken enough)
    {
        using var timer = new PeriodicTimer(Tick);
        var since = Stopwatch.StartNew();
        var first = _sent;
        try
        {
            while (await timer.WaitForNextTickAsync(enough))
            {
                var due = first + (int)(since.Elapsed.TotalSeconds * _perSecond);
                while (_sent < due && _sent - Ledger.Count < MostUnacknowledged)
                {
                    Send(_script.Next());
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Enough for now.
        }
    }

    private void Send(Planned message)
    {
        var (number, life, target) = (_sent++, _topics.Life, WorldTopics.Of(message));
        _producer.Produce(
            target,
            new Message<string, byte[]>
            {
                Key = message.Id,
                Value = message.Value,
                Timestamp = new Timestamp(message.At),
                Headers = new Headers { { "number", Encoding.ASCII.GetBytes($"{number}") } },
            },
            report =>
            {
                if (report.Error.IsError)
                {
                    _refused.Enqueue($"{message.Id}: {report.Error.Code}");
                    return;
                }

                Ledger.Add(new LedgerEntry(
                    number, life, report.Topic, report.Partition.Value, report.Offset.Value, message.At.ToUnixTimeMilliseconds(),
                    message.Id, message.IsGood));
            });
    }
}
