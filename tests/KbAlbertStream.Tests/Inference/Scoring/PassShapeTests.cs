using KbAlbertStream.Inference.Graphs;
using KbAlbertStream.Inference.Scoring;
using KbAlbertStream.Tests.Inference.Graphs;
using KbAlbertStream.Tests.Support;

namespace KbAlbertStream.Tests.Inference.Scoring;

public sealed class PassShapeTests
{
    [Theory]
    [InlineData(1, 2, 1, 16)]
    [InlineData(3, 16, 3, 16)]
    [InlineData(4, 17, 4, 32)]
    [InlineData(9, 33, 10, 64)]
    [InlineData(64, 65, 64, 128)]
    [InlineData(65, 510, 80, 512)]
    [InlineData(241, 100, 256, 128)]
    public void One_of_few_is_the_next_larger(int windows, int tokens, int texts, int longest)
    {
        Assert.Equal(new PassShape(texts, longest), PassShape.OfFew(windows, tokens));
        Assert.Equal(new PassShape(windows, tokens), PassShape.Exact(windows, tokens));
    }

    [Fact]
    public void Batches_of_up_to_256_windows_of_up_to_512_tokens_have_at_most_280_shapes()
    {
        var shapes = Enumerable.Range(1, 256)
            .SelectMany(texts => Enumerable.Range(2, 511).Select(longest => PassShape.OfFew(texts, longest)));

        Assert.InRange(shapes.Distinct().Count(), 1, 280);
    }

    [Theory]
    [InlineData(GraphForm.NoPadding)]
    [InlineData(GraphForm.NoPaddingFused)]
    public void Empty_places_change_no_logit(GraphForm form)
    {
        EncoderShape shape = new()
        {
            VocabularySize = 50,
            EmbeddingSize = 8,
            HiddenSize = 16,
            Layers = 2,
            AttentionHeads = 2,
            IntermediateSize = 32,
            MaxPositions = 64,
        };
        GraphHead[] heads = [new("pooled", HeadKind.Pooled, 3), new("attending", HeadKind.LabelAttention, 2)];
        using var session = GraphRun.Session(shape, heads, new FormulaWeights(shape, heads, 0.25).Read, form: form);
        var exact = Run(PassShape.Exact(3, 6));

        var rounded = Run(PassShape.OfFew(3, 6));

        Assert.Equal(exact.Length, rounded.Length);
        GraphRun.AssertClose(exact, rounded, 1e-6f);

        float[] Run(PassShape given)
        {
            var batch = new PackedBatch();
            batch.Start(given, 12);
            batch.Add(2, [7, 8, 9, 10], 3);
            batch.Add(2, [11], 3);
            batch.Add(2, [12], 3);
            session.Run(batch);
            var contributions = new float[6];
            Assert.True(session.TryGetContributions(1, 0, 1, contributions));
            return
            [
                .. Enumerable.Range(0, 3).SelectMany(text => session.LogitsOf(0, text).ToArray()),
                .. Enumerable.Range(0, 3).SelectMany(text => session.LogitsOf(1, text).ToArray()), .. contributions,
            ];
        }
    }
}
