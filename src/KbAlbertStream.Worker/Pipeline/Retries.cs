using System.Net.Sockets;
using Confluent.Kafka;
using KbAlbertStream.Storage;
using KbAlbertStream.Storage.Writing;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;
using Npgsql;
using Polly;
using Polly.Retry;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// Repeats what a server refused for a reason that passes, for as long as it takes: the batch stays whole, the source is
/// held back, and every attempt is counted and logged.
/// </summary>
internal sealed class Retries(
    DatabaseOptions options, WorkerMetrics metrics, Progress progress, TimeProvider time, ILogger<Retries> logger)
{
    private readonly ResiliencePipeline _database = Build(
        "write", "database", fault => DatabaseFaults.Classify(fault) == DatabaseFault.Transient, options, metrics, progress,
        time, logger);

    private readonly ResiliencePipeline _deadLetters = Build(
        "dead_letters", "dead-letter topic", fault => fault is KafkaException { Error.IsFatal: false }, options, metrics,
        progress, time, logger);

    /// <summary>Runs a call to the database.</summary>
    public ValueTask<T> DatabaseAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        _database.ExecuteAsync(async token => await call(token).ConfigureAwait(false), cancellationToken);

    /// <summary>Runs a call that publishes dead letters.</summary>
    public ValueTask DeadLettersAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken) =>
        _deadLetters.ExecuteAsync(async token => await call(token).ConfigureAwait(false), cancellationToken);

    /// <summary>A short code for a fault: the SQLSTATE, Kafka's code, the socket's, else the exception's type.</summary>
    public static string CodeOf(Exception? fault) => fault switch
    {
        PostgresException postgres => postgres.SqlState,
        KafkaException kafka => kafka.Error.Code.ToString(),
        SocketException socket => socket.SocketErrorCode.ToString(),
        NpgsqlException { InnerException: { } inner } => CodeOf(inner),
        null => "none",
        _ => fault.GetType().Name,
    };

    private static ResiliencePipeline Build(
        string stage,
        string server,
        Func<Exception, bool> passes,
        DatabaseOptions options,
        WorkerMetrics metrics,
        Progress progress,
        TimeProvider time,
        ILogger logger) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments =>
                    ValueTask.FromResult(arguments.Outcome.Exception is { } fault && passes(fault)),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.FirstRetry,
                MaxDelay = options.MaxRetry,
                UseJitter = true,
                OnRetry = arguments =>
                {
                    var code = CodeOf(arguments.Outcome.Exception);
                    metrics.Retried(stage, code);
                    progress.WaitFor(server);
                    PipelineLog.Retrying(
                        logger, server, code, arguments.AttemptNumber + 1, arguments.RetryDelay.TotalSeconds);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
}
