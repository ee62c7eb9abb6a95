using KbAlbertStream.Demo.Reporting;

namespace KbAlbertStream.Demo.View;

/// <summary>What the view shows at one moment.</summary>
internal sealed record ReplayProgress(
    int Published, Snapshot Snapshot, double RowsPerSecond, IReadOnlyList<LevelFigure> Levels, IReadOnlyList<AlertFigure> Alerts);
