using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Modelling;

/// <summary>Texts of one batch as ids, padded to the longest.</summary>
/// <param name="Ids">int64 (B, S).</param>
/// <param name="Mask">bool (B, S), true where a token stands; null when no text is padded.</param>
/// <param name="Types">int64 (B, S): token types; null when every token is of type 0.</param>
public sealed record TokenBatch(Tensor Ids, Tensor? Mask, Tensor? Types = null)
{
    /// <summary>Pads on the right with id 0, which is [PAD] in every vocabulary of ours; masked positions never count.</summary>
    public static TokenBatch Of(IReadOnlyList<int[]> texts)
    {
        var longest = texts.Max(text => text.Length);
        var padded = texts.Select(text => Padded(text, longest)).ToArray();
        var mask = texts.Select(text => Padded([.. Enumerable.Repeat(1, text.Length)], longest)).ToArray();
        return Of(padded, mask, null);
    }

    /// <summary>Takes what a tokenizer of Transformers gives, padded on either side.</summary>
    /// <param name="ids">B rows of S ids.</param>
    /// <param name="mask">B rows of S, 1 where a token stands and 0 for padding.</param>
    /// <param name="types">B rows of S token types; null for 0 everywhere.</param>
    public static TokenBatch Of(IReadOnlyList<int[]> ids, IReadOnlyList<int[]> mask, IReadOnlyList<int[]>? types)
    {
        long[] shape = [ids.Count, ids[0].Length];
        return new TokenBatch(
            tensor(Flat(ids), shape),
            mask.All(row => row.All(keep => keep != 0)) ? null : tensor(Flat(mask).Select(keep => keep != 0).ToArray(), shape),
            types is null || types.All(row => row.All(type => type == 0)) ? null : tensor(Flat(types), shape));
    }

    private static long[] Flat(IEnumerable<int[]> rows) => [.. rows.SelectMany(row => row).Select(value => (long)value)];

    private static int[] Padded(int[] row, int length)
    {
        var padded = new int[length];
        row.CopyTo(padded, 0);
        return padded;
    }
}
