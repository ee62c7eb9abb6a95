using System.Collections.Immutable;

namespace KbAlbertStream.Inference.Bundles;

/// <summary>A text and what the model said about it on the machine that wrote the bundle.</summary>
/// <param name="Text">The model's input.</param>
/// <param name="Ids">Its ids, with [CLS] and [SEP], before it is cut into windows.</param>
/// <param name="Logits">Its logits over all windows, by head in the order of the manifest.</param>
internal sealed record GoldenText(string Text, ImmutableArray<int> Ids, ImmutableArray<ImmutableArray<float>> Logits);
