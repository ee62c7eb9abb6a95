using System.Diagnostics;

namespace KbAlbertStream.Worker.Telemetry;

/// <summary>Times the steps of a batch: each becomes a value of the metric and a span of the batch's trace.</summary>
internal sealed class StageClock(WorkerMetrics metrics, TimeProvider time)
{
    /// <summary>Begins a step; it ends when the value is disposed.</summary>
    public Step Begin(string stage) => new(this, stage);

    /// <summary>A step that runs.</summary>
    internal readonly struct Step : IDisposable
    {
        private readonly StageClock _clock;
        private readonly string _stage;
        private readonly Activity? _activity;
        private readonly long _since;

        public Step(StageClock clock, string stage)
        {
            _clock = clock;
            _stage = stage;
            _activity = WorkerActivity.StartStep(stage);
            _since = clock.Now;
        }

        public void Dispose()
        {
            _clock.Took(_stage, _since);
            _activity?.Dispose();
        }
    }

    private long Now => time.GetTimestamp();

    private void Took(string stage, long since) => metrics.StageTook(stage, time.GetElapsedTime(since));
}
