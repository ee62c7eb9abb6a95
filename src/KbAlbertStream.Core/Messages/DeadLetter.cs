namespace KbAlbertStream.Core.Messages;

/// <summary>A record that could not become a row: its position and why, never its text.</summary>
/// <param name="Position">Where the original stands.</param>
/// <param name="Reason">The class of the fault.</param>
/// <param name="Detail">The field or limit concerned, never content of the message; null when there is none.</param>
public sealed record DeadLetter(RecordPosition Position, RejectReason Reason, string? Detail);
