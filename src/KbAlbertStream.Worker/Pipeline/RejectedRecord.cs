using KbAlbertStream.Core.Messages;
using KbAlbertStream.Worker.Ingestion;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>A record that cannot become a row, with its original for the dead-letter topic.</summary>
/// <param name="Original">As it was read.</param>
/// <param name="DeadLetter">Its position and the reason.</param>
/// <param name="Stage">The step that refused it.</param>
internal sealed record RejectedRecord(SourceRecord Original, DeadLetter DeadLetter, RejectStage Stage);
