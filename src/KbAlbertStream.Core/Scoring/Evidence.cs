namespace KbAlbertStream.Core.Scoring;

/// <summary>The part of a masked text that speaks most for a label: the window with the highest score.</summary>
/// <param name="Label">The label.</param>
/// <param name="Text">The window's text, masked like all that is stored.</param>
public sealed record Evidence(string Label, string Text);
