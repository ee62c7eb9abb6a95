using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Graphs.Onnx;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Tests.Support;
using Microsoft.ML.OnnxRuntime;
using DataType = KbAlbertStream.Inference.Graphs.Onnx.TensorProto.Types.DataType;

namespace KbAlbertStream.Tests.Inference.Graphs;

/// <summary>Float16 on the CPU, where ONNX Runtime puts casts around the operators that have no kernel for it.</summary>
public sealed class HalfGraphTests
{
    private static readonly EncoderShape Small = new()
    {
        VocabularySize = 120,
        EmbeddingSize = 16,
        HiddenSize = 48,
        Layers = 4,
        HiddenGroups = 2,
        AttentionHeads = 3,
        IntermediateSize = 96,
        MaxPositions = 50,
    };

    private static readonly GraphHead[] Heads =
        [new("sentiment", HeadKind.Pooled, 3), new("reputation", HeadKind.LabelAttention, 19)];

    [Theory]
    [InlineData(GraphForm.NoPadding, Activation.GeluTanh)]
    [InlineData(GraphForm.NoPadding, Activation.Gelu)]
    [InlineData(GraphForm.NoPadding, Activation.Relu)]
    [InlineData(GraphForm.NoPaddingFused, Activation.GeluTanh)]
    [InlineData(GraphForm.NoPaddingFused, Activation.Gelu)]
    [InlineData(GraphForm.NoPaddingFused, Activation.Relu)]
    public void Its_logits_and_contributions_come_near_those_of_float32(GraphForm form, Activation activation)
    {
        var shape = Small with { Activation = activation };
        var weights = new FormulaWeights(shape, Heads, 0.0625);
        var texts = Texts(2, 50, 3, 17, 17, 49, 8);
        using var full = GraphRun.Session(shape, Heads, weights.Read);
        using var half = GraphRun.Session(shape, Heads, weights.Read, GraphPrecision.Half, form);

        for (var head = 0; head < Heads.Length; head++)
        {
            var expected = GraphRun.Logits(full, head, texts);
            var actual = GraphRun.Logits(half, head, texts);
            for (var text = 0; text < texts.Length; text++)
            {
                GraphRun.AssertClose(expected[text], actual[text], 5e-3f);
                Assert.NotEqual(expected[text], actual[text]);
            }
        }

        GraphRun.AssertClose(Contributions(full), Contributions(half), 5e-3f);
    }

    [Theory]
    [InlineData(GraphForm.Padded)]
    [InlineData(GraphForm.PaddedFused)]
    public void A_padded_form_comes_near_too_whatever_stands_in_the_padding(GraphForm form)
    {
        var weights = new FormulaWeights(Small, Heads, 0.0625);
        var expected = GraphRun.Logits(Small, Heads, weights.Read, 0, [2, 7, 119, 4, 3], [2, 3]);
        using var padded = new InferenceSession(File(weights, GraphPrecision.Half, form));
        using var ids = OrtValue.CreateTensorValueFromMemory([2L, 7, 119, 4, 3, 2, 3, 88, 99, 11], [2, 5]);
        using var mask = OrtValue.CreateTensorValueFromMemory([1L, 1, 1, 1, 1, 1, 1, 0, 0, 0], [2, 5]);
        using var options = new RunOptions();

        using var outputs = padded.Run(options, ["input_ids", "attention_mask"], [ids, mask], [Heads[0].Name]);

        var actual = outputs[0].GetTensorDataAsSpan<float>().ToArray().Chunk(3).ToArray();
        GraphRun.AssertClose(expected[0], actual[0], 5e-3f);
        GraphRun.AssertClose(expected[1], actual[1], 5e-3f);
    }

    [Theory]
    [InlineData(GraphForm.NoPadding)]
    [InlineData(GraphForm.NoPaddingFused)]
    public void Every_weight_is_stored_in_float16_and_only_those_of_the_heads_and_the_last_states_are_cast(GraphForm form)
    {
        var graph = ModelProto.Parser.ParseFrom(
            File(new FormulaWeights(Small, Heads, 0.0625), GraphPrecision.Half, form)).Graph;
        var toFloat = graph.Node
            .Where(node => node.OpType == "Cast" && node.Attribute[0].I == (long)DataType.Float)
            .Select(node => node.Input[0]).ToList();

        Assert.All(
            graph.Initializer.Where(tensor => tensor.DataType == DataType.Float), tensor => Assert.Empty(tensor.Dims));
        Assert.All(graph.Output, output => Assert.Equal(DataType.Float, output.Type.TensorType.ElemType));
        Assert.DoesNotContain(toFloat, name => name.StartsWith("albert.encoder", StringComparison.Ordinal));
        Assert.Single(toFloat, name => !name.EndsWith(".half", StringComparison.Ordinal));
    }

    [Fact]
    public void Its_weights_are_read_back()
    {
        var weights = new FormulaWeights(Small, Heads, 0.0625);
        const string name = "albert.encoder.albert_layer_groups.1.albert_layers.0.attention.key.weight";

        var read = new GraphWeights(File(weights, GraphPrecision.Half, GraphForm.NoPaddingFused), Small);

        GraphRun.AssertClose(weights.Read(name).ToArray(), read.Read(name).ToArray(), 1e-4f);
        GraphRun.AssertClose(
            weights.Read("heads.reputation.query").ToArray(), read.Read("heads.reputation.query").ToArray(), 1e-4f);
    }

    private static byte[] File(FormulaWeights weights, GraphPrecision precision, GraphForm form)
    {
        using var file = new MemoryStream();
        AlbertGraph.Write(file, Small, Heads, weights.Read, precision, form);
        return file.ToArray();
    }

    private static int[][] Texts(params int[] lengths)
    {
        var random = new Random(7);
        return [.. lengths.Select(length => Enumerable.Range(0, length).Select(_ => random.Next(120)).ToArray())];
    }

    private static float[] Contributions(EncoderSession session)
    {
        var added = new float[17];
        Assert.True(session.TryGetContributions(1, 3, label: 5, added));
        return added;
    }
}
