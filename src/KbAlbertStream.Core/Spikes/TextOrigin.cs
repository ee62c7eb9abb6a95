using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Core.Spikes;

/// <summary>What texts of one institution from one partition have in common.</summary>
internal readonly record struct TextOrigin(MessageKind Kind, string Entity, string Topic, int Partition);
