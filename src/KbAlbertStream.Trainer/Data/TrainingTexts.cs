namespace KbAlbertStream.Trainer.Data;

/// <summary>Which files of the folder <c>risk</c> are used for what.</summary>
internal static class TrainingTexts
{
    /// <summary>Synthetic texts, all trained on.</summary>
    public static readonly string[] RiskFiles = ["train", "train-2", "headlines-2"];

    /// <summary>Labelled real headlines; those of <see cref="KeptOut"/> are not trained on.</summary>
    public const string RealHeadlines = "headlines";

    /// <summary>Synthetic texts on which cuts and temperatures are set and figures are measured.</summary>
    public static readonly string[] ValidationFiles = ["valid", "valid-2"];
}
