namespace KbAlbertStream.Core.Scoring;

/// <summary>What made a row, so that any score can be made again.</summary>
/// <param name="Model">Bundle name and version, <c>demo/20261126.1</c>.</param>
/// <param name="LabelSet">Version of the label set.</param>
/// <param name="Masker">Version of the text preparer's rules.</param>
/// <param name="Dictionary">Version of the institution dictionary.</param>
public sealed record ScoreVersions(string Model, string LabelSet, string Masker, string Dictionary);
