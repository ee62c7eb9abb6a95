using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>Writes a batch in one transaction, all or nothing: the event writer.</summary>
internal delegate Task<WriteResult> WriteEvents(EventBatch batch, CancellationToken cancellationToken);
