using Confluent.Kafka;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>Waits at start-up until a broker answers, and says which topics are missing.</summary>
internal sealed class BrokerGate(
    KafkaOptions options, KafkaProperties properties, Progress progress, TimeProvider time, ILogger<BrokerGate> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Returns when a broker answers. Missing topics are no reason to wait: the consumer finds them when they are made.
    /// </summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                // The client has no asynchronous form of this.
                var report = await Task.Run(
                    () => TopicReport.Ask(options, properties, Patience), cancellationToken).ConfigureAwait(false);
                Tell(report);
                return;
            }
            catch (KafkaException fault)
            {
                PipelineLog.BrokerAway(logger, options.BootstrapServers, Retries.CodeOf(fault), Pause.TotalSeconds);
                progress.WaitFor("broker");
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Tell(TopicReport report)
    {
        if (report.MissingInputs.Count > 0)
        {
            PipelineLog.TopicsMissing(logger, string.Join(", ", report.MissingInputs));
        }

        if (report.MissingDeadLetters.Count > 0)
        {
            PipelineLog.DeadLetterTopicsMissing(logger, string.Join(", ", report.MissingDeadLetters));
        }
    }
}
