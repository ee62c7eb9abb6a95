using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>Texts of one batch as ids, padded on the right to the longest.</summary>
/// <param name="Ids">int64 (B, S).</param>
/// <param name="Mask">bool (B, S), true where a token stands; null when no text is padded.</param>
internal sealed record TokenBatch(Tensor Ids, Tensor? Mask)
{
    /// <summary>Pads with id 0, which is [PAD] in every vocabulary of ours; masked positions never count.</summary>
    public static TokenBatch Of(IReadOnlyList<int[]> texts)
    {
        var longest = texts.Max(text => text.Length);
        var ids = new long[texts.Count * longest];
        var mask = new bool[ids.Length];
        for (var row = 0; row < texts.Count; row++)
        {
            for (var column = 0; column < texts[row].Length; column++)
            {
                ids[(row * longest) + column] = texts[row][column];
                mask[(row * longest) + column] = true;
            }
        }

        long[] shape = [texts.Count, longest];
        return new TokenBatch(
            tensor(ids, shape),
            texts.All(text => text.Length == longest) ? null : tensor(mask, shape));
    }
}
