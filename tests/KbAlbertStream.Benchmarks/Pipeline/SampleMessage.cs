using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Benchmarks.Pipeline;

/// <summary>A message to publish.</summary>
internal sealed record SampleMessage(MessageKind Kind, string Id, byte[] Value);
