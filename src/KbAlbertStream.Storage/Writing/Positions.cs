using KbAlbertStream.Core.Messages;
using Npgsql;

namespace KbAlbertStream.Storage.Writing;

/// <summary>Record positions as columns.</summary>
internal static class Positions
{
    /// <summary>Reads kind, recorded_at, topic, partition and offset from five neighbouring columns.</summary>
    public static RecordPosition Read(NpgsqlDataReader reader, int first) => new(
        ReadKind(reader, first),
        reader.GetFieldValue<DateTimeOffset>(first + 1),
        reader.GetString(first + 2),
        reader.GetInt32(first + 3),
        reader.GetInt64(first + 4));

    /// <summary>Five arrays: kind, recorded_at, topic, partition and offset.</summary>
    public static object[] ToColumns(IReadOnlyCollection<RecordPosition> positions) =>
    [
        positions.Select(p => p.Kind.ToWireName()).ToArray(),
        positions.Select(p => PostgresTime.ToUtc(p.RecordedAt)).ToArray(),
        positions.Select(p => p.Topic).ToArray(),
        positions.Select(p => p.Partition).ToArray(),
        positions.Select(p => p.Offset).ToArray(),
    ];

    /// <summary>The position as the database gives it back.</summary>
    public static RecordPosition AsStored(RecordPosition position) =>
        position with { RecordedAt = PostgresTime.ToUtc(position.RecordedAt) };

    /// <summary>Reads a kind.</summary>
    public static MessageKind ReadKind(NpgsqlDataReader reader, int column) =>
        MessageKindNames.TryParse(reader.GetString(column), out var kind)
            ? kind
            : throw new InvalidDataException($"not a message kind: {reader.GetString(column)}");
}
