using KbAlbertStream.Trainer.Data;

namespace KbAlbertStream.Trainer.Training;

/// <summary>Where pre-training stands: with weights and moments all that is needed to go on.</summary>
/// <param name="Steps">Steps taken.</param>
/// <param name="WorkedSeconds">Time worked, over all runs.</param>
/// <param name="Reviews">Place in the reviews.</param>
/// <param name="Prose">Place in the other texts.</param>
internal sealed record PretrainingState(long Steps, double WorkedSeconds, BatchPlace Reviews, BatchPlace Prose);
