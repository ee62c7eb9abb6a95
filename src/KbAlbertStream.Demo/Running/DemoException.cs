namespace KbAlbertStream.Demo.Running;

/// <summary>A replay that cannot come to its end; the message is for the user.</summary>
internal sealed class DemoException(string message) : Exception(message);
