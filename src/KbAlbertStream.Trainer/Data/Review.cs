namespace KbAlbertStream.Trainer.Data;

/// <summary>A film review with its rating of 1 to 10.</summary>
internal readonly record struct Review(int Rating, string Text)
{
    /// <summary>Index of the sentiment label: 1-4 negative (0), 5-8 neutral (1), 9-10 positive (2).</summary>
    public int Sentiment => Rating <= 4 ? 0 : Rating <= 8 ? 1 : 2;
}
