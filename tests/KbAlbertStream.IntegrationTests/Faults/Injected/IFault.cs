using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>One way in which such systems break.</summary>
internal interface IFault
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>The world that it breaks.</summary>
    WorldOptions World => new();

    /// <summary>Breaks the world and mends it; returns when the cause is gone, and recovery may begin.</summary>
    Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken);
}
