namespace KbAlbertStream.Trainer.Data;

/// <summary>Which files are trained on.</summary>
internal static class TrainingTexts
{
    /// <summary>The labelled risk texts that are trained on.</summary>
    public static readonly string[] RiskFiles = ["train", "train-2", "headlines-2"];
}
