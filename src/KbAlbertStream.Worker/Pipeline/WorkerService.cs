using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>The service's life: wait for the servers, read, score and write until told to stop, then stop in order.</summary>
/// <remarks>
/// 1. Wait for the database and its schema. 2. Wait for a broker. 3. Warm up. 4. Run source and pipeline. 5. When asked
/// to stop: the source stops reading and cuts what is open, the pipeline finishes what is in flight, the source commits
/// and leaves the group. 6. What did not finish in time is given up; it is read again from the stored positions.
/// </remarks>
internal sealed class WorkerService(
    DatabaseGate database,
    BrokerGate broker,
    WarmUp warmUp,
    KafkaSource source,
    ScoringPipeline pipeline,
    ServiceOptions options,
    Outcome outcome,
    Progress progress,
    ILogger<WorkerService> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await database.WaitAsync(stoppingToken).ConfigureAwait(false);                                   // 1
            await broker.WaitAsync(stoppingToken).ConfigureAwait(false);                                     // 2
            await warmUp.RunAsync(stoppingToken).ConfigureAwait(false);                                      // 3
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        progress.Ready();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var abandoning = new CancellationTokenSource();
        await using var limit = stopping.Token.Register(() => abandoning.CancelAfter(options.ShutdownTime))  // 5
            .ConfigureAwait(false);
        var reading = source.Start(stopping.Token, abandoning.Token);                                        // 4
        var working = pipeline.RunAsync(abandoning.Token);
        var first = await Task.WhenAny(reading, working).ConfigureAwait(false);
        if (!first.IsCompletedSuccessfully && !abandoning.IsCancellationRequested)
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await abandoning.CancelAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(reading, working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Conclude(reading, working, abandoning.IsCancellationRequested);
    }

    private void Conclude(Task reading, Task working, bool abandoned)
    {
        var fault = (working.Exception ?? reading.Exception)?.GetBaseException();
        if (fault is not null)
        {
            outcome.Fail(fault is KafkaFatalException ? ExitCode.KafkaFatal : ExitCode.Unexpected);
            PipelineLog.Ends(logger, Retries.CodeOf(fault), fault);
            throw new InvalidOperationException("The pipeline failed; see the log.", fault);
        }

        if (abandoned || working.IsCanceled)                                                                 // 6
        {
            outcome.Fail(ExitCode.ShutdownCutShort);
            PipelineLog.CutShort(logger, options.ShutdownTime.TotalSeconds);
            return;
        }

        PipelineLog.Stopped(logger);
    }
}
