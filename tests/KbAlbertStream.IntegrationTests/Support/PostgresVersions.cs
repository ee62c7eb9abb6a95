namespace KbAlbertStream.IntegrationTests.Support;

/// <summary>The servers that the storage tests run on.</summary>
public static class PostgresVersions
{
    /// <summary>Whatever server is easiest to have.</summary>
    public const string Any = "any";

    /// <summary>The oldest and the newest version that the README promises.</summary>
    public static readonly string[] Promised = ["15", "18"];
}
