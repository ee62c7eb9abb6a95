using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>What an alert was told by and no longer holds: a row of <c>alert_corrections</c>.</summary>
/// <param name="Number">1, 2, ... within the alert.</param>
/// <param name="ExternalId">The text, as rows hold its identifier.</param>
/// <param name="Reason"><c>withdrawn</c> or <c>corrected</c>.</param>
/// <param name="Remaining">Of the texts that the alert counted when it opened, so many still stand.</param>
/// <param name="By">The record that withdrew or corrected it.</param>
/// <param name="CreatedAt">When it was found, by the database's clock.</param>
public sealed record AlertCorrection(
    int Number, string ExternalId, string Reason, int Remaining, RecordPosition By, DateTimeOffset CreatedAt);
