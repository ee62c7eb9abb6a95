using KbAlbertStream.Trainer.Modelling;
using KbAlbertStream.Trainer.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace KbAlbertStream.Trainer.Tests.Modelling;

/// <summary>
/// Formula weights read from a folder, and what Transformers 5.23.0 computes from them: the core of
/// <see cref="GoldenModelsTests"/> without its files.
/// </summary>
public sealed class TinyModelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly IDisposable _noGrad = no_grad();

    public static TheoryData<string, int, int, int, float[], float[]> Models => new()
    {
        { "gelu", 3, 1, 1, [-0.282067f, 0.673823f, 0.9547032f], [-0.1125493f, 0.8276567f, 0.8957055f] },
        { "gelu_new", 3, 1, 1, [-0.2819905f, 0.6736532f, 0.9545965f], [-0.1124696f, 0.8275841f, 0.8957058f] },
        { "relu", 3, 1, 1, [-0.4565426f, 0.7965472f, 1.1455764f], [-0.2674446f, 0.9463973f, 1.0579756f] },
        { "gelu_new", 4, 2, 1, [-0.5498177f, -0.1841024f, 0.3406969f], [-0.1795619f, 0.0053731f, 0.374105f] },
        { "gelu_new", 2, 1, 2, [-0.4195288f, -0.2084415f, -0.8544861f], [-0.0497107f, 0.4992535f, -0.2021443f] },
        { "gelu_new", 3, 3, 1, [0.1860141f, -0.0505235f, 0.1933012f], [0.3198771f, 0.3092747f, -0.0728089f] },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public void The_logits_are_those_of_Transformers_whichever_side_is_padded(
        string activation, int layers, int groups, int inner, float[] right, float[] left)
    {
        FormulaFolder.Write(_folder.Path, $$"""
            {
              "embedding_size": 16, "hidden_act": "{{activation}}", "hidden_size": 32, "id2label": {"0": "a", "1": "b", "2": "c"},
              "inner_group_num": {{inner}}, "intermediate_size": 64, "max_position_embeddings": 64, "num_attention_heads": 4,
              "num_hidden_groups": {{groups}}, "num_hidden_layers": {{layers}}, "vocab_size": 200
            }
            """);
        using var model = AlbertForSequenceClassification.FromPretrained(_folder.Path);

        AssertLogits(right, model, [2, 166, 55, 84, 130, 112, 3, 0, 0], [1, 1, 1, 1, 1, 1, 1, 0, 0], [0, 0, 0, 1, 1, 1, 1, 0, 0]);
        AssertLogits(left, model, [0, 0, 0, 0, 3, 198, 147, 163, 2], [0, 0, 0, 0, 1, 1, 1, 1, 1], [0, 0, 0, 0, 1, 1, 1, 0, 0]);
    }

    public void Dispose()
    {
        _noGrad.Dispose();
        _scope.Dispose();
        _folder.Dispose();
    }

    private static void AssertLogits(float[] expected, AlbertForSequenceClassification model, int[] ids, int[] mask, int[] types)
    {
        var actual = model.Forward(TokenBatch.Of([ids], [mask], [types]))[0].data<float>().ToArray();
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
    }
}
