namespace KbAlbertStream.Inference.Scoring;

/// <summary>What the tokens of a window add to the logit of one label.</summary>
/// <param name="Values">By token.</param>
/// <param name="Starts">Where each token begins in the text, in UTF-16 units.</param>
internal sealed record TokenContributions(float[] Values, int[] Starts);
