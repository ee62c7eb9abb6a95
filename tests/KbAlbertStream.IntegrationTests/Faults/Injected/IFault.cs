using KbAlbertStream.IntegrationTests.Faults.Load;
using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>One way in which such systems break.</summary>
internal interface IFault
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>The world that it breaks.</summary>
    WorldOptions World => new();

    /// <summary>
    /// False when the log does not hold everything any more, so that no other worker can read it: then the ledger alone
    /// says what must be.
    /// </summary>
    bool LeavesTheLog => true;

    /// <summary>True for a record that the fault took out of the log before anybody could read it.</summary>
    bool IsGone(LedgerEntry entry) => false;

    /// <summary>Breaks the world and mends it; returns when the cause is gone, and recovery may begin.</summary>
    Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken);
}
