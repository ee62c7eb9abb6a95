using KbAlbertStream.Core.Tokenization;
using KbAlbertStream.Trainer.Data;
using KbAlbertStream.Trainer.Modelling;

namespace KbAlbertStream.Trainer.Tests.Support;

/// <summary>A vocabulary of 50 tokens, random texts over it and an encoder small enough for a test.</summary>
internal static class TinyTexts
{
    public const int Tokens = 50;

    public static AlbertShape Shape { get; } = new()
    {
        VocabSize = Tokens,
        EmbeddingSize = 8,
        HiddenSize = 16,
        IntermediateSize = 32,
        AttentionHeads = 2,
        MaxPositions = 24,
    };

    public static Vocabulary Vocabulary { get; } = Vocabulary.FromTokens(
    [
        .. SpecialIds.Tokens,
        .. Enumerable.Range(SpecialIds.Count, Tokens - SpecialIds.Count).Select(id => id % 3 == 0 ? $"##t{id}" : $"t{id}"),
    ]);

    public static PretrainingTexts Pretraining()
    {
        var random = new Random(7);
        int[] Text() =>
        [
            2, .. Enumerable.Range(0, random.Next(3, 20)).Select(_ => random.Next(SpecialIds.Count, Tokens)), 3,
        ];
        return new PretrainingTexts(
            [.. Enumerable.Range(0, 40).Select(_ => Text())],
            [.. Enumerable.Range(0, 40).Select(i => (byte)(i % 3))],
            [.. Enumerable.Range(0, 40).Select(_ => Text())],
            Shape.MaxPositions);
    }
}
