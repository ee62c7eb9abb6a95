namespace KbAlbertStream.Trainer.Data;

/// <summary>A token that was hidden: where, and which.</summary>
internal readonly record struct HiddenWord(int Place, int Id);
