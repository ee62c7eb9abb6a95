using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>Writes a batch in one transaction and takes it back: the event writer's rehearsal.</summary>
internal delegate Task RehearseWrite(EventBatch batch, CancellationToken cancellationToken);
