using KbAlbertStream.IntegrationTests.Faults.Worlds;

namespace KbAlbertStream.IntegrationTests.Faults.Injected;

/// <summary>The connection breaks in the middle of the rows of a COPY, several times.</summary>
internal sealed class CutCopy : IFault
{
    private const int Cuts = 3;

    public string Name => "copy-cut";

    public async Task InjectAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        for (var cut = 0; cut < Cuts; cut++)
        {
            await world.Database.Door.CutNextCopyAsync().WaitAsync(world.Options.Patience, cancellationToken);
        }
    }
}
