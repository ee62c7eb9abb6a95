using Confluent.Kafka;
using KbAlbertStream.Worker.Configuration;
using KbAlbertStream.Worker.Ingestion;
using KbAlbertStream.Worker.Telemetry;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>Waits at start-up until a broker answers, and says which topics are missing.</summary>
internal sealed class BrokerGate(
    KafkaOptions options,
    KafkaProperties properties,
    AccessWatch access,
    Progress progress,
    TimeProvider time,
    ILogger<BrokerGate> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Returns when a broker answers and lets the worker into its group. Missing or denied topics are no reason to wait:
    /// the consumer finds them when they are made or granted.
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
                if (await access.LookAsync(cancellationToken).ConfigureAwait(false))
                {
                    Tell(report);
                    return;
                }

                progress.WaitFor("right to use the consumer group");
            }
            catch (KafkaException fault)
            {
                PipelineLog.BrokerAway(logger, options.BootstrapServers, Retries.CodeOf(fault), fault.Error.Reason, Pause.TotalSeconds);
                progress.WaitFor("broker");
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Tell(TopicReport report)
    {
        // Brokers do not list what they deny.
        var inputs = report.MissingInputs.Where(topic => !IsDenied(topic)).ToArray();
        if (inputs.Length > 0)
        {
            PipelineLog.TopicsMissing(logger, string.Join(", ", inputs));
        }

        var letters = report.MissingDeadLetters.Where(topic => !IsDenied(topic)).ToArray();
        if (letters.Length > 0)
        {
            PipelineLog.DeadLetterTopicsMissing(logger, string.Join(", ", letters));
        }
    }

    private bool IsDenied(string topic) =>
        progress.Denied.Any(right => right.EndsWith($" topic {topic}", StringComparison.Ordinal));
}
