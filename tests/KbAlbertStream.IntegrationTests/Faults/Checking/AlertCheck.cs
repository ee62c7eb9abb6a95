using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>Every alert was told at least once under its key, and nothing else was told.</summary>
internal static class AlertCheck
{
    /// <summary>Compares.</summary>
    /// <param name="alerts">The keys of the alerts, each with the state of its delivery to the webhook.</param>
    /// <param name="posted">The idempotency keys that the receiver took, as often as they came.</param>
    public static IEnumerable<Finding> Compare(
        IReadOnlyCollection<(string Key, string State)> alerts, IReadOnlyCollection<string> posted)
    {
        var told = posted.ToHashSet(StringComparer.Ordinal);
        foreach (var (key, state) in alerts.Where(alert => !told.Contains(alert.Key) || alert.State != "delivered"))
        {
            yield return new Finding(Broken.Deliveries, $"{key} is {state}, taken {posted.Count(k => k == key)} times");
        }

        foreach (var key in told.Except(alerts.Select(alert => alert.Key)))
        {
            yield return new Finding(Broken.Deliveries, $"{key} was told and is no alert");
        }
    }

    public static Task<List<(string Key, string State)>> ReadAsync(SqlQuery database) => database.RowsAsync(
        """
        SELECT alert_key, coalesce(d.state, 'nowhere')
        FROM alerts LEFT JOIN alert_deliveries AS d ON d.alert_id = alerts.alert_id AND d.sink = 'webhook' AND d.correction = 0
        """,
        reader => (reader.GetString(0), reader.GetString(1)));
}
