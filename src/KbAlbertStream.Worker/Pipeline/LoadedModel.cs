using KbAlbertStream.Inference.Scoring;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>A bundle that is ready to score: loaded, warmed up, its golden scores reproduced on this machine.</summary>
/// <param name="Score">Scores texts.</param>
/// <param name="Version">Bundle name and version, <c>demo/20261126.1</c>.</param>
/// <param name="LabelSet">The version of its labels.</param>
/// <param name="Totals">What it has done so far.</param>
/// <param name="Owner">What holds its memory.</param>
internal sealed record LoadedModel(
    ScoreTexts Score, string Version, string LabelSet, Func<ScoringTotals> Totals, IDisposable? Owner) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Owner?.Dispose();
}
