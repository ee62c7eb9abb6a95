using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// The unit of work: a contiguous run of records read by one consumer, scored, written and committed together.
/// </summary>
/// <param name="Records">The records in the order they were read; empty when only the end of a log was reached.</param>
/// <param name="Positions">How far each of its partitions is worked off once the batch is durable.</param>
/// <param name="Reason">Why it was cut.</param>
internal sealed record RecordBatch(
    ImmutableArray<SourceRecord> Records, ImmutableArray<PartitionPosition> Positions, CutReason Reason);
