namespace KbAlbertStream.Worker.Commands;

/// <summary>The model bundle or the dictionary cannot be used; the message says which and why.</summary>
internal sealed class UnusableFileException(string message) : Exception(message);
