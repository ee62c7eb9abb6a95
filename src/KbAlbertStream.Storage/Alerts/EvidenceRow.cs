using KbAlbertStream.Core.Scoring;

namespace KbAlbertStream.Storage.Alerts;

/// <summary>What an alert tells of a text beyond what the detector knows; masked, like all that is stored.</summary>
internal sealed record EvidenceRow(string? Title, string? Url, ScoreVersions Versions);
