namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>Something that is not as it must be.</summary>
/// <param name="What">Which promise it breaks.</param>
/// <param name="Detail">Where: positions, keys, counts; never a text.</param>
internal sealed record Finding(Broken What, string Detail)
{
    public override string ToString() => $"{What}: {Detail}";
}
