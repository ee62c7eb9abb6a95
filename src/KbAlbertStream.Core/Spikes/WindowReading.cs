namespace KbAlbertStream.Core.Spikes;

/// <summary>One window, held against the level.</summary>
/// <param name="Hours">The window's length.</param>
/// <param name="Seen">Counted texts in it.</param>
/// <param name="Expected">mu, what the level expects in it.</param>
/// <param name="Dispersion">phi_w, variance over mean that was assumed.</param>
/// <param name="P">The probability of at least as many by chance.</param>
/// <param name="Publishers">Distinct publishers or channels in it.</param>
/// <param name="Fires">Improbable, enough texts, enough above the expected, enough publishers.</param>
public sealed record WindowReading(
    int Hours, int Seen, double Expected, double Dispersion, double P, int Publishers, bool Fires);
