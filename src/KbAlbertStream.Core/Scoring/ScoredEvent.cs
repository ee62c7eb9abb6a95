using System.Collections.Immutable;
using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Core.Scoring;

/// <summary>One text, ready to be stored: masked, linked to institutions and scored.</summary>
public sealed record ScoredEvent(
    RecordPosition Position,
    PreparedMessage Message,
    ImmutableArray<LinkedInstitution> Institutions,
    RiskScores Scores,
    ScoreVersions Versions);
