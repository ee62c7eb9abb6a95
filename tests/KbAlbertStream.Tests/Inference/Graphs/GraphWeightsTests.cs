using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Inference.Graphs;

public sealed class GraphWeightsTests
{
    private static readonly GraphHead[] Heads =
        [new("sentiment", HeadKind.Pooled, 3), new("reputation", HeadKind.LabelAttention, 19)];

    [Theory]
    [InlineData(GraphPrecision.Full)]
    [InlineData(GraphPrecision.HalfStorage)]
    public void A_graph_that_is_read_back_and_written_again_is_the_same_file(GraphPrecision precision)
    {
        var first = Write(new FormulaWeights(FormulaBundle.Shape, Heads, 0.25).Read, precision);

        var again = Write(new GraphWeights(first, FormulaBundle.Shape).Read, precision);

        Assert.Equal(first, again);
    }

    [Fact]
    public void Every_weight_comes_back_under_its_name()
    {
        var shape = FormulaBundle.Shape with { TokenTypes = 2 };
        var formula = new FormulaWeights(shape, Heads, 0.25);
        using var file = new MemoryStream();
        AlbertGraph.Write(file, shape, Heads, formula.Read);

        var weights = new GraphWeights(file.ToArray(), shape);

        // Embeddings 5, mapping 2, 2 groups of 16, pooler 2, a pooled head 2 and a label-attention head 3.
        Assert.Equal(5 + 2 + (2 * 16) + 2 + 2 + 3, weights.ByName.Count(weight => weight.Key.Contains('.')));
        Assert.All(
            weights.ByName.Where(weight => weight.Key.Contains('.')),
            weight => Assert.Equal(formula.Read(weight.Key).ToArray(), weight.Value));
    }

    [Fact]
    public void Integers_are_not_taken_for_weights()
    {
        var file = Write(new FormulaWeights(FormulaBundle.Shape, Heads, 0.25).Read, GraphPrecision.EightBit);

        Assert.Throws<InvalidDataException>(() => new GraphWeights(file, FormulaBundle.Shape));
    }

    private static byte[] Write(WeightSource weights, GraphPrecision precision)
    {
        using var file = new MemoryStream();
        AlbertGraph.Write(file, FormulaBundle.Shape, Heads, weights, precision);
        return file.ToArray();
    }
}
