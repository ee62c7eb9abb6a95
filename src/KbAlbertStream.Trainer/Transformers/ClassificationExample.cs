namespace KbAlbertStream.Trainer.Transformers;

/// <summary>A text with its label.</summary>
/// <param name="Text">The text.</param>
/// <param name="Label">The place of its label in id2label.</param>
public sealed record ClassificationExample(string Text, int Label);
