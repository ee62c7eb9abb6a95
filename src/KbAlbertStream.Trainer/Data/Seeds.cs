namespace KbAlbertStream.Trainer.Data;

/// <summary>
/// Random numbers that depend on nothing but the seed and where they are used (epoch, step). A run that stops and goes
/// on therefore sees the numbers of a run that did not, and no generator's state has to be stored.
/// </summary>
internal static class Seeds
{
    /// <summary>A generator for one use.</summary>
    public static Random For(long seed, string use, long step = 0) => new((int)Mix(seed, use, step));

    /// <summary>A 63-bit seed for one use, for generators other than .NET's.</summary>
    public static long Mix(long seed, string use, long step = 0)
    {
        // FNV-1a over the name, then SplitMix64's finaliser: string.GetHashCode differs from process to process.
        var hash = 14695981039346656037UL;
        foreach (var letter in use)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        var z = hash + ((ulong)seed * 0x9E3779B97F4A7C15UL) + ((ulong)step * 0xD1B54A32D192ED03UL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return (long)((z ^ (z >> 31)) >> 1);
    }
}
