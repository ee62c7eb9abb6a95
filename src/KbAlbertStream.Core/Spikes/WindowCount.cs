namespace KbAlbertStream.Core.Spikes;

/// <summary>What lies in one window of one institution.</summary>
/// <param name="Seen">Counted texts: copies of a story are not among them.</param>
/// <param name="Publishers">Distinct publishers or channels, those of copies included.</param>
/// <param name="Severe">The most frequent category of the counted texts is one of severity 3.</param>
public readonly record struct WindowCount(int Seen, int Publishers, bool Severe);
