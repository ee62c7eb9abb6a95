using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Tests.Support;
using Microsoft.ML.OnnxRuntime;

namespace KbAlbertStream.Tests.Inference.Graphs;

public sealed class AlbertGraphTests
{
    private static readonly EncoderShape Small = new()
    {
        VocabularySize = 120,
        EmbeddingSize = 12,
        HiddenSize = 24,
        Layers = 4,
        HiddenGroups = 2,
        InnerLayers = 2,
        AttentionHeads = 3,
        IntermediateSize = 40,
        MaxPositions = 50,
    };

    private static readonly GraphHead[] Heads =
    [
        new("sentiment", HeadKind.Pooled, 3), new("reputation", HeadKind.LabelAttention, 19),
        new("compliance", HeadKind.LabelAttention, 17), new("other", HeadKind.Pooled, 1),
    ];

    [Theory]
    [InlineData(Activation.Gelu)]
    [InlineData(Activation.GeluTanh)]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Gelu, GraphForm.NoPaddingFused)]
    [InlineData(Activation.GeluTanh, GraphForm.NoPaddingFused)]
    [InlineData(Activation.Relu, GraphForm.NoPaddingFused)]
    public void It_computes_what_the_elementary_operators_compute(
        Activation activation, GraphForm form = GraphForm.NoPadding)
    {
        var shape = Small with { Activation = activation };
        var weights = new FormulaWeights(shape, Heads, 0.25);
        var random = new Random(7);
        int[][] texts =
        [
            .. ((int[])[2, 50, 3, 17, 17, 49, 8]).Select(length =>
                Enumerable.Range(0, length).Select(_ => random.Next(shape.VocabularySize)).ToArray()),
        ];
        using var session = GraphRun.Session(shape, Heads, weights.Read, form: form);
        using var oracle = new InferenceSession(PlainGraph.Write(shape, Heads, weights.Read));

        for (var head = 0; head < Heads.Length; head++)
        {
            var actual = GraphRun.Logits(session, head, texts);
            for (var text = 0; text < texts.Length; text++)
            {
                GraphRun.AssertClose(Plain(oracle, Heads[head].Name, texts[text]), actual[text], 1e-5f);
            }
        }
    }

    [Theory]
    [InlineData(Activation.Gelu, 0, GraphForm.Padded)]
    [InlineData(Activation.GeluTanh, 2, GraphForm.Padded)]
    [InlineData(Activation.Relu, 0, GraphForm.Padded)]
    [InlineData(Activation.Gelu, 0, GraphForm.PaddedFused)]
    [InlineData(Activation.GeluTanh, 2, GraphForm.PaddedFused)]
    [InlineData(Activation.Relu, 0, GraphForm.PaddedFused)]
    public void A_padded_form_computes_the_same_whatever_stands_in_the_padding(Activation activation, int types, GraphForm form)
    {
        var shape = Small with { Activation = activation, TokenTypes = types };
        var weights = new FormulaWeights(shape, Heads, 0.25);
        using var oracle = new InferenceSession(PlainGraph.Write(shape, Heads, weights.Read));
        using var file = new MemoryStream();
        AlbertGraph.Write(file, shape, Heads, weights.Read, form: form);
        using var padded = new InferenceSession(file.ToArray());
        int[][] texts = [[2, 7, 119, 4, 3], [2, 3], [2, 8, 9, 3]];
        long[] ids = [2, 7, 119, 4, 3, 2, 3, 88, 99, 11, 2, 8, 9, 3, 55];
        long[] mask = [1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 0];
        var inputs = new Dictionary<string, long[]> { ["input_ids"] = ids, ["attention_mask"] = mask };
        if (types > 0)
        {
            inputs["token_type_ids"] = new long[ids.Length];
        }

        var logits = Run(padded, inputs, texts.Length);

        Assert.Equal(form == GraphForm.Padded ? "padded" : "padded-fused", padded.ModelMetadata.CustomMetadataMap["form"]);
        Assert.Equal(inputs.Keys.Order(), padded.InputNames.Order());
        for (var head = 0; head < Heads.Length; head++)
        {
            for (var text = 0; text < texts.Length; text++)
            {
                GraphRun.AssertClose(Plain(oracle, Heads[head].Name, texts[text]), logits[head][text], 1e-5f);
            }
        }
    }

    [Fact]
    public void In_8_bit_integers_it_computes_nearly_the_same_and_the_file_is_smaller()
    {
        var weights = new FormulaWeights(Small, Heads, 0.25);
        var random = new Random(9);
        int[][] texts =
        [
            .. ((int[])[2, 50, 17]).Select(length =>
                Enumerable.Range(0, length).Select(_ => random.Next(Small.VocabularySize)).ToArray()),
        ];
        using var full = GraphRun.Session(Small, Heads, weights.Read);
        using var int8 = GraphRun.Session(Small, Heads, weights.Read, GraphPrecision.EightBit);

        for (var head = 0; head < Heads.Length; head++)
        {
            var expected = GraphRun.Logits(full, head, texts);
            var actual = GraphRun.Logits(int8, head, texts);
            for (var text = 0; text < texts.Length; text++)
            {
                GraphRun.AssertClose(expected[text], actual[text], 0.2f);
                Assert.NotEqual(expected[text], actual[text]);
            }
        }
    }

    [Fact]
    public void The_file_names_its_heads_in_the_metadata()
    {
        using var file = new MemoryStream();
        AlbertGraph.Write(file, Small, Heads, new FormulaWeights(Small, Heads, 0.25).Read);
        using var session = new InferenceSession(file.ToArray());

        Assert.Equal("label-attention 19", session.ModelMetadata.CustomMetadataMap["head.reputation"]);
        Assert.Equal("pooled 3", session.ModelMetadata.CustomMetadataMap["head.sentiment"]);
    }

    [Fact]
    public void Shared_weights_are_in_the_file_once()
    {
        var one = Size(Small with { HiddenGroups = 1 });
        var two = Size(Small with { HiddenGroups = 2 });
        var moreLayers = Size(Small with { HiddenGroups = 2, Layers = 8 });

        Assert.True(two > one * 1.4, $"{one} -> {two}");
        Assert.True(moreLayers < two * 1.2, $"{two} -> {moreLayers}");
    }

    [Fact]
    public void A_weight_of_the_wrong_size_is_named()
    {
        var weights = new FormulaWeights(Small, Heads, 0.25);

        var error = Assert.Throws<ArgumentException>(() => AlbertGraph.Write(
            Stream.Null,
            Small,
            Heads,
            name => name.EndsWith("0.ffn.bias", StringComparison.Ordinal) ? weights.Read(name)[1..] : weights.Read(name)));

        Assert.Contains(
            "albert_layer_groups.0.albert_layers.0.ffn.bias holds 39 values, 40 x 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_do_not_fit_each_other_are_all_named()
    {
        var error = Assert.Throws<ArgumentException>(() => AlbertGraph.Write(
            Stream.Null, Small with { AttentionHeads = 5, HiddenGroups = 9 }, Heads, _ => default));

        Assert.Contains("HiddenSize 24 is no multiple of AttentionHeads 5", error.Message, StringComparison.Ordinal);
        Assert.Contains("HiddenGroups 9 exceeds Layers 4", error.Message, StringComparison.Ordinal);
    }

    private static long Size(EncoderShape shape)
    {
        using var file = new MemoryStream();
        AlbertGraph.Write(file, shape, Heads, new FormulaWeights(shape, Heads, 0.25).Read);
        return file.Length;
    }

    private static float[] Plain(InferenceSession oracle, string head, int[] ids)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(ids, [ids.Length]);
        using var options = new RunOptions();
        using var outputs = oracle.Run(options, ["ids"], [input], [head]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>By head and text.</summary>
    private static float[][][] Run(InferenceSession session, Dictionary<string, long[]> inputs, int texts)
    {
        OrtValue[] values =
            [.. inputs.Values.Select(value => OrtValue.CreateTensorValueFromMemory(value, [texts, value.Length / texts]))];
        using var options = new RunOptions();
        using var outputs = session.Run(options, [.. inputs.Keys], values, [.. Heads.Select(head => head.Name)]);
        Array.ForEach(values, value => value.Dispose());
        return
        [
            .. Heads.Select((head, index) =>
                outputs[index].GetTensorDataAsSpan<float>().ToArray().Chunk(head.Labels).ToArray()),
        ];
    }
}
