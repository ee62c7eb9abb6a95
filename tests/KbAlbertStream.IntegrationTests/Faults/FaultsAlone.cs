namespace KbAlbertStream.IntegrationTests.Faults;

/// <summary>Faults run alone: they measure recovery, and they take every core there is.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class FaultsAlone
{
    /// <summary>Its name.</summary>
    public const string Name = "faults";
}
