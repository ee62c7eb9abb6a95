namespace KbAlbertStream.Trainer.Data;

/// <summary>The texts of pre-training as ids: reviews with their tone, and everything else.</summary>
internal sealed class PretrainingTexts
{
    // The risk texts are few, but they are the language that the model is for.
    private const int RiskRepeats = 3;
    private readonly int[][] _reviews;
    private readonly byte[] _sentiments;
    private readonly int[][] _prose;
    private readonly int _maxLength;

    public PretrainingTexts(int[][] reviews, byte[] sentiments, int[][] prose, int maxLength)
    {
        (_reviews, _sentiments, _prose, _maxLength) = (reviews, sentiments, prose, maxLength);
        ReviewLengths = [.. reviews.Select(Length)];
        ProseLengths = [.. prose.Select(Length)];
    }

    /// <summary>Tokens of each review, at most the model's length.</summary>
    public int[] ReviewLengths { get; }

    /// <summary>Tokens of each other text, at most the model's length.</summary>
    public int[] ProseLengths { get; }

    /// <summary>Reads and encodes the data folder.</summary>
    public static PretrainingTexts Load(string data, TextEncoder encoder, int maxLength)
    {
        var reviews = PublicText.Reviews(data, "train").ToList();
        var risk = TrainingTexts.RiskFiles.SelectMany(file => RiskText.Read(data, file))
            .Select(text => encoder.Encode(text.Title, text.Text)).ToList();
        var prose = PublicText.TrainingHeadlines(data).Select(headline => encoder.Encode(headline.Title, ""))
            .Concat(PublicText.Prose(data).SelectMany(line => Pieces(encoder.Encode("", line), maxLength)))
            .Concat(Enumerable.Repeat(risk, RiskRepeats).SelectMany(texts => texts));
        return new PretrainingTexts(
            [.. reviews.Select(review => encoder.Encode("", review.Text))],
            [.. reviews.Select(review => (byte)review.Sentiment)],
            [.. prose.Where(text => text.Length > 2)],
            maxLength);
    }

    /// <summary>The reviews of a batch with their tones.</summary>
    public PretrainingBatch Reviews(int[] indices) =>
        new([.. indices.Select(index => Copy(_reviews[index], 0))], [.. indices.Select(index => (long)_sentiments[index])]);

    /// <summary>Other texts; of one that is too long a random piece.</summary>
    public PretrainingBatch Prose(int[] indices, Random random) =>
        new([.. indices.Select(index => Copy(_prose[index], random.Next(Math.Max(1, _prose[index].Length - _maxLength + 1))))], null);

    // A petition of a thousand tokens would otherwise be seen in one random piece an epoch.
    private static IEnumerable<int[]> Pieces(int[] text, int maxLength) => text.Length <= maxLength
        ? [text]
        : text[1..^1].Chunk(maxLength - 2).Select(piece => (int[])[text[0], .. piece, text[^1]]);

    private int Length(int[] text) => Math.Min(text.Length, _maxLength);

    private int[] Copy(int[] text, int start) => text[start..Math.Min(text.Length, start + _maxLength)];
}
