using KbAlbertStream.Core.Scoring;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>What an alert tells of a text beyond what the detector knows; masked, like all that is stored.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Url">Its address.</param>
/// <param name="Spans">The words that speak most for its labels, as the row holds them: a JSON array.</param>
/// <param name="Versions">What scored it.</param>
internal sealed record EvidenceRow(string? Title, string? Url, string Spans, ScoreVersions Versions);
