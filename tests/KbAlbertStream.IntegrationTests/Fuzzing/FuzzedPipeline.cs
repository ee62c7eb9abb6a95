using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.IntegrationTests.Kafka;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Worker;
using KbAlbertStream.Worker.Commands;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.IntegrationTests.Fuzzing;

/// <summary>
/// The service's own pipeline - parser, masker, linker, scorer with a small bundle, dead letters, COPY - fed with mutated
/// records in place of its consumer.
/// </summary>
internal sealed class FuzzedPipeline : IAsyncDisposable
{
    private const int Partitions = 4;

    private readonly WebApplication _app;
    private readonly TestTopics _topics;
    private readonly RecordMutator _mutator;
    private readonly BatchAssembler _assembler;
    private readonly Dictionary<(MessageKind Kind, int Partition), long> _next = [];

    private FuzzedPipeline(WebApplication app, TestTopics topics, RecordMutator mutator)
    {
        (_app, _topics, _mutator) = (app, topics, mutator);
        _assembler = new BatchAssembler(
            app.Services.GetRequiredService<BatchingOptions>(),
            app.Services.GetRequiredService<BatchPace>(),
            TimeProvider.System);
    }

    /// <summary>The largest managed heap that was seen between two batches, in bytes.</summary>
    public long LargestHeap { get; private set; }

    /// <summary>Composes the service; it is not started, so nothing reads from Kafka.</summary>
    public static FuzzedPipeline Compose(TestTopics topics, string connectionString, string bundle, RecordMutator mutator)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(TestWorker.Settings(topics, connectionString)).Build();
        var app = WorkerHost.Build(
            configuration,
            WorkerSettings.Read(configuration),
            ModelFiles.Load(new ModelOptions { Bundle = bundle }, new EncoderOptions()),
            InstitutionDictionary.Load(InstitutionDictionary.ShippedPath),
            services => services.AddLogging(logging => logging.ClearProviders()));
        return new FuzzedPipeline(app, topics, mutator);
    }

    /// <summary>Sends the records of these numbers through it and returns when all are durable.</summary>
    public async Task RunAsync(long first, long count)
    {
        var exchange = _app.Services.GetRequiredService<BatchExchange>();
        var running = _app.Services.GetRequiredService<ScoringPipeline>().RunAsync(CancellationToken.None);
        for (var number = first; number < first + count && !running.IsCompleted; number++)
        {
            _assembler.Add(Place(_mutator.Make(number)));
            if (_assembler.IsFull || number == first + count - 1)
            {
                Offer(exchange, running);
            }
        }

        exchange.Complete();
        await running;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private SourceRecord Place(MutatedRecord record)
    {
        var topic = record.Kind == MessageKind.News ? _topics.News : _topics.Complaints;
        var partition = (int)(((record.Key?.Length ?? 0) + (record.Value?.Length ?? 0)) % Partitions);
        var offset = _next.GetValueOrDefault((record.Kind, partition));
        _next[(record.Kind, partition)] = offset + 1;
        var recordedAt = RecordPosition.RecordedAtOf(record.Timestamp.UnixTimestampMs);
        return new SourceRecord(
            new RecordPosition(record.Kind, recordedAt, topic, partition, offset),
            record.Key, record.Value, record.Headers, record.Timestamp);
    }

    private void Offer(BatchExchange exchange, Task running)
    {
        var batch = _assembler.Cut(CutReason.Count, _ => null);
        while (!exchange.TryOffer(batch) && !running.IsCompleted)
        {
            exchange.WaitForChange(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }

        while (exchange.TryTakeFinished(out _))
        {
        }

        _assembler.Clear();
        LargestHeap = Math.Max(LargestHeap, GC.GetTotalMemory(forceFullCollection: false));
    }
}
