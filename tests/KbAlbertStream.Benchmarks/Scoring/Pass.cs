using KbAlbertStream.Inference.Graphs;
using Microsoft.ML.OnnxRuntime;

namespace KbAlbertStream.Benchmarks.Scoring;

/// <summary>The inputs of one pass, either without padding or with every text filled up to the longest.</summary>
internal sealed class Pass : IDisposable
{
    public static readonly string[] InputNames =
    [
        GraphInputs.Ids, GraphInputs.Positions, GraphInputs.PaddedRows, GraphInputs.Lengths, GraphInputs.TokenSlots,
        GraphInputs.StartRows,
    ];

    private Pass(OrtValue[] inputs) => Inputs = inputs;

    public OrtValue[] Inputs { get; }

    /// <summary>Texts of the given lengths. Padded, the rows of the padding are computed like all others.</summary>
    public static Pass Of(int[] lengths, bool padded)
    {
        var longest = lengths.Max();
        var random = new Random(3);
        List<int> ids = [], positions = [], slots = [], starts = [];
        var rows = new int[lengths.Length * longest];
        for (var text = 0; text < lengths.Length; text++)
        {
            starts.Add(ids.Count);
            for (var i = 0; i < (padded ? longest : lengths[text]); i++)
            {
                rows[(text * longest) + i] = ids.Count;
                slots.Add((text * longest) + i);
                ids.Add(i < lengths[text] ? random.Next(5, 9000) : 0);
                positions.Add(i);
            }
        }

        return new Pass(
        [
            Tensor([.. ids], 1, ids.Count), Tensor([.. positions], 1, ids.Count),
            Tensor(rows, lengths.Length, longest), Tensor(lengths, lengths.Length), Tensor([.. slots], ids.Count),
            Tensor([.. starts], lengths.Length),
        ]);
    }

    public void Dispose() => Array.ForEach(Inputs, value => value.Dispose());

    private static OrtValue Tensor(int[] values, params long[] shape) =>
        OrtValue.CreateTensorValueFromMemory(values, shape);
}
