namespace KbAlbertStream.Demo.Replay;

/// <summary>A stream file that cannot be replayed; the message is one sentence for the user.</summary>
internal sealed class StreamFileException(string message) : Exception(message);
