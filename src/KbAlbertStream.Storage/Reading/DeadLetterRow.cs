using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Reading;

/// <summary>A row of <c>dead_letters</c>.</summary>
/// <param name="Position">Where the original stands.</param>
/// <param name="Reason">The class of the fault, in snake_case.</param>
/// <param name="Detail">The field or limit concerned; null when there is none.</param>
/// <param name="WrittenAt">When it became a dead letter.</param>
/// <param name="ResolvedAt">When it became a row after all; null while it is none.</param>
public sealed record DeadLetterRow(
    RecordPosition Position, string Reason, string? Detail, DateTimeOffset WrittenAt, DateTimeOffset? ResolvedAt);
