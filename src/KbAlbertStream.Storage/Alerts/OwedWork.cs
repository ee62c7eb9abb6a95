using Npgsql;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>What detector and deliverers still owe; all zero means that every alert there is has been found and told.</summary>
/// <param name="Looks">Texts to look at and to forget.</param>
/// <param name="Deliveries">Deliveries to make.</param>
public readonly record struct OwedWork(long Looks, long Deliveries)
{
    /// <summary>Nothing is owed.</summary>
    public bool IsNone => this == default;

    /// <summary>Counts it.</summary>
    public static async Task<OwedWork> ReadAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        await using var command = source.CreateCommand(
            """
            SELECT (SELECT count(*) FROM pending_looks) + (SELECT count(*) FROM pending_retractions),
                   (SELECT count(*) FROM alert_deliveries WHERE state = 'pending')
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new OwedWork(reader.GetInt64(0), reader.GetInt64(1));
    }
}
