using System.Collections.Immutable;
using System.Diagnostics;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>
/// The unit of work: a contiguous run of records read by one consumer, scored, written and committed together.
/// </summary>
/// <param name="Records">The records in the order they were read; empty when only the end of a log was reached.</param>
/// <param name="Positions">How far each of its partitions is worked off once the batch is durable.</param>
/// <param name="Reason">Why it was cut.</param>
internal sealed record RecordBatch(
    ImmutableArray<SourceRecord> Records, ImmutableArray<PartitionPosition> Positions, CutReason Reason)
{
    /// <summary>How long it was read for, from its first record to its cut.</summary>
    public TimeSpan ReadFor { get; init; }

    /// <summary>The trace that the batch belongs to; default when nobody listens.</summary>
    public ActivityContext Trace { get; init; }
}
