using System.Globalization;
using KbAlbertStream.Demo.Reporting;

namespace KbAlbertStream.Demo.View;

/// <summary>Lines for logs and pipes: at most one every two seconds, none when nothing has changed, each alert once.</summary>
internal sealed class PlainView(TextWriter output, TimeProvider time) : IProgressView
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly HashSet<string> _alerts = [];
    private Snapshot? _last;
    private long? _lastAt;

    public void Say(string line) => output.WriteLine(line);

    public Task<T> WhileAsync<T>(Func<Action<ReplayProgress>, Task<T>> work) => work(Show);

    private void Show(ReplayProgress progress)
    {
        foreach (var alert in progress.Alerts.Where(alert => _alerts.Add($"{alert.Entity} {alert.Kind} {alert.OpenedAt}")))
        {
            Say($"ALERT {AlertText.Of(alert)}");
        }

        if (progress.Snapshot == _last || (_lastAt is { } last && time.GetElapsedTime(last) < Pause))
        {
            return;
        }

        _last = progress.Snapshot;
        _lastAt = time.GetTimestamp();
        var clock = progress.Snapshot.Clock is { } at ? KoreanTime.Text(at) : "-";
        Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Snapshot.Rows} rows of {progress.Published} records, {progress.Snapshot.DeadLetters} dead letters, {progress.RowsPerSecond:F0} rows/s, event time {clock}, {progress.Alerts.Count} alerts"));
    }
}
