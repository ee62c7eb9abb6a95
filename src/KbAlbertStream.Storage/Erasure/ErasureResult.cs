using System.Collections.Immutable;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Storage.Erasure;

/// <summary>What an erasure did.</summary>
/// <param name="Id">Number of its row in <c>erasures</c>.</param>
/// <param name="Positions">Records in Kafka that the erased rows were made from.</param>
/// <param name="Touched">Rows that changed, by table.</param>
public sealed record ErasureResult(
    long Id, ImmutableArray<RecordPosition> Positions, IReadOnlyDictionary<string, int> Touched);
