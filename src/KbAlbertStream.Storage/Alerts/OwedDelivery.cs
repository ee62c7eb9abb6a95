namespace KbAlbertStream.Storage.Alerts;

/// <summary>A delivery that this process has claimed for a while.</summary>
/// <param name="Alert">What to tell.</param>
/// <param name="Attempts">How often it was begun, this time included.</param>
public sealed record OwedDelivery(AlertNotice Alert, int Attempts)
{
    /// <summary>True for a correction of an alert that was too old to be sent: nobody knows what it corrects.</summary>
    public bool AlertWasTooOld { get; init; }
}
