using KbAlbertStream.IntegrationTests.Faults.Load;

namespace KbAlbertStream.IntegrationTests.Faults.Checking;

/// <summary>A row, or a dead letter (then without an id).</summary>
internal readonly record struct StoredRecord(RecordKey Key, string? Id);
