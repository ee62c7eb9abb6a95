using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Demo.Replay;

/// <summary>A record to publish.</summary>
/// <param name="Kind">Which topic it goes to.</param>
/// <param name="Key">What decides its partition.</param>
/// <param name="Value">The message's bytes, or the line as it stood when it is none.</param>
/// <param name="At">Its event time, which becomes the record's timestamp.</param>
internal sealed record StreamRecord(MessageKind Kind, string Key, byte[] Value, DateTimeOffset At);
