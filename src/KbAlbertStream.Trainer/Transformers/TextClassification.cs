namespace KbAlbertStream.Trainer.Transformers;

/// <summary>What the pipeline says about a text.</summary>
/// <param name="Label">A label of id2label.</param>
/// <param name="Score">Its probability.</param>
public readonly record struct TextClassification(string Label, float Score);
