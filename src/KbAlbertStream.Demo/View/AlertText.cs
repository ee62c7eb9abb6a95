using System.Globalization;
using KbAlbertStream.Demo.Reporting;

namespace KbAlbertStream.Demo.View;

/// <summary>An alert in one line.</summary>
internal static class AlertText
{
    public static string Of(AlertFigure alert) => string.Create(
        CultureInfo.InvariantCulture,
        $"{alert.Entity} ({alert.Kind}): {alert.Seen} in {alert.Window}, expected {alert.Expected:0.##}, p = {alert.P:0.#e+0}, {KoreanTime.Text(alert.OpenedAt)} KST");
}
