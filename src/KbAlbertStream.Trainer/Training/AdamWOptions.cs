namespace KbAlbertStream.Trainer.Training;

/// <summary>The constants of AdamW; the learning rate comes with each step.</summary>
internal sealed record AdamWOptions(
    double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8, double WeightDecay = 0.01);
