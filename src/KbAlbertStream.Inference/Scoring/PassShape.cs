using System.Numerics;

namespace KbAlbertStream.Inference.Scoring;

/// <summary>The B and S that a pass is given to the runtime with.</summary>
/// <param name="Texts">B: windows, and empty places after them.</param>
/// <param name="Longest">S: tokens of the longest window, and empty slots after it.</param>
internal readonly record struct PassShape(int Texts, int Longest)
{
    private const int FewestSlots = 16;
    private const int Step = 64;

    /// <summary>As it comes.</summary>
    public static PassShape Exact(int texts, int longest) => new(texts, longest);

    /// <summary>
    /// Rounded up to one of few: B to one of four numbers from a power of two to the next, S to 16, 32 or a multiple of 64. A runtime that makes a plan for every
    /// shape of attention then has made all of them soon; what is added is computed in attention alone.
    /// </summary>
    public static PassShape OfFew(int texts, int longest) => new(
        RoundUp(texts, Math.Max(1, (int)BitOperations.RoundUpToPowerOf2((uint)texts) / 8)),
        longest <= Step
            ? Math.Max(FewestSlots, (int)BitOperations.RoundUpToPowerOf2((uint)longest))
            : RoundUp(longest, Step));

    private static int RoundUp(int value, int step) => (value + step - 1) / step * step;
}
