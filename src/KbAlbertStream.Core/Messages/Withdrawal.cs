namespace KbAlbertStream.Core.Messages;

/// <summary>A record that takes a text back: of all its versions up to this one, none is current any more.</summary>
/// <param name="Position">Where the record stands: the version it is.</param>
/// <param name="ExternalId">The text's identifier as rows hold it, a keyed hash when it held personal data.</param>
public sealed record Withdrawal(RecordPosition Position, string ExternalId);
