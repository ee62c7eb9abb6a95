namespace KbAlbertStream.Trainer.Data;

/// <summary>Texts of one batch as ids (the batch owns them), and their tones when they are reviews.</summary>
internal sealed record PretrainingBatch(int[][] Ids, long[]? Sentiments);
