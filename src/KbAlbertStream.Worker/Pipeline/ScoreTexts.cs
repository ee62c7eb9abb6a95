using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>Scores prepared texts, in order: the text scorer of the bundle in use.</summary>
internal delegate IReadOnlyList<RiskScores> ScoreTexts(IReadOnlyList<PreparedText> texts);
