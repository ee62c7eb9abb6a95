using KbAlbertStream.Core.Spikes;
using KbAlbertStream.Storage.Alerts;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Alerting;

/// <summary>Makes an evaluator for every session that this process gets.</summary>
internal sealed record SpikeEvaluatorFactory(
    AlertingOptions Options,
    SpikeRules Rules,
    SinkNames Sinks,
    AlertSignals Signals,
    AlertingMetrics Metrics,
    TimeProvider Time,
    ILogger<SpikeEvaluator> Logger)
{
    /// <summary>An evaluator that goes on where the last round of any process left off.</summary>
    public Task<SpikeEvaluator> LoadAsync(DetectorSession session, CancellationToken cancellationToken) =>
        SpikeEvaluator.LoadAsync(session, this, cancellationToken);
}
