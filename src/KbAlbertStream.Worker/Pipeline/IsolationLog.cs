using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>What crash isolation says, event ids 2100 to 2199. Positions and codes only.</summary>
internal static partial class IsolationLog
{
    [LoggerMessage(2101, LogLevel.Error,
        "{Failures} processes ended at work on {Partition} at {Offset}: its records up to {Until} are taken one by one")]
    public static partial void Isolated(ILogger logger, TopicPartition partition, int failures, long offset, long until);

    [LoggerMessage(2102, LogLevel.Error,
        "{Partition}: the record at {Offset} ended the process when it was taken alone; it becomes a dead letter")]
    public static partial void Crashed(ILogger logger, TopicPartition partition, long offset);

    [LoggerMessage(2103, LogLevel.Information, "{Partition}: from {Offset} on records are taken in full batches again")]
    public static partial void Passed(ILogger logger, TopicPartition partition, long offset);

    [LoggerMessage(2104, LogLevel.Warning,
        "The database did not hear that {Count} partitions were given back in order ({Code})")]
    public static partial void EndUnknown(ILogger logger, int count, string code);
}
