namespace KbAlbertStream.Core.Scoring;

/// <summary>
/// The part of a masked text that speaks most for a label: whole words of one sentence, at most 80 characters. Of a
/// label-attention head those whose tokens add most to the label; of a pooled head the beginning of the sentence that has
/// the highest score when it is scored alone.
/// </summary>
/// <param name="Label">The label.</param>
/// <param name="Text">The words, masked like all that is stored; empty for a text without any.</param>
public sealed record Evidence(string Label, string Text);
