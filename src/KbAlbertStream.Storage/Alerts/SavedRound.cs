namespace KbAlbertStream.Storage.Alerts;

/// <summary>What a round brought that somebody is to be told of.</summary>
/// <param name="Opened">Alerts that are new.</param>
/// <param name="Corrections">Corrections that are new.</param>
public readonly record struct SavedRound(int Opened, int Corrections)
{
    /// <summary>Somebody is to be told.</summary>
    public bool HasNews => Opened > 0 || Corrections > 0;
}
