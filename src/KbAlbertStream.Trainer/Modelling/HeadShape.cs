using System.Collections.Immutable;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>A head's name and labels, and whether a text may carry several of them.</summary>
internal sealed record HeadShape(string Name, ImmutableArray<string> Labels, bool MultiLabel);
