using KbAlbertStream.Inference.Graphs;

namespace KbAlbertStream.Tests.Inference.Graphs;

public sealed class SignedBytesTests
{
    [Fact]
    public void Every_output_has_its_own_scale_and_every_weight_is_within_half_of_it()
    {
        var random = new Random(8);
        float[] weights = [.. Enumerable.Range(0, 60).Select(i => (float)(random.NextDouble() - 0.5) * (i % 3 == 0 ? 100 : 0.01f))];

        var (values, scales) = SignedBytes.Of(weights, 3);

        Assert.Equal(3, scales.Length);
        for (var i = 0; i < weights.Length; i++)
        {
            Assert.Equal(weights[i], values[i] * scales[i % 3], scales[i % 3] * 0.501f);
        }

        Assert.All(Enumerable.Range(0, 3), output => Assert.Equal(127, values.Where((_, i) => i % 3 == output).Max(v => Math.Abs((int)v))));
    }

    [Fact]
    public void An_output_without_weights_stays_zero() =>
        Assert.All(SignedBytes.Of([0, 1, 0, -1], 2).Values.Where((_, i) => i % 2 == 0), value => Assert.Equal(0, value));
}
