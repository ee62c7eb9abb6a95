namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// Stores where the logs end now, those of other workers included. What the brokers do not say is left as it is; throws
/// when the database cannot be asked.
/// </summary>
internal delegate Task NoteLogEnds(CancellationToken cancellationToken);
