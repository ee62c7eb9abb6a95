using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>What ingestion says, event ids 1000 to 1999. Positions and codes only, never a record's content.</summary>
internal static partial class IngestionLog
{
    [LoggerMessage(1001, LogLevel.Information, "Reading {Topics} as group {Group}")]
    public static partial void Subscribed(ILogger logger, string topics, string group);

    [LoggerMessage(1002, LogLevel.Information, "{Partition} is read from {Offset}")]
    public static partial void Assigned(ILogger logger, TopicPartition partition, Offset offset);

    [LoggerMessage(1003, LogLevel.Warning,
        "Where to start is not known yet ({Count} partitions, {Fault}); they stay paused until it is")]
    public static partial void PositionsUnknown(ILogger logger, int count, string fault);

    [LoggerMessage(1004, LogLevel.Information, "{Partition} is given back to the group")]
    public static partial void Revoked(ILogger logger, TopicPartition partition);

    [LoggerMessage(1005, LogLevel.Warning, "{Partition} was lost: the group had given this worker up")]
    public static partial void Lost(ILogger logger, TopicPartition partition);

    [LoggerMessage(1006, LogLevel.Warning, "Reading is paused: the pipeline took no batch for {Seconds} s")]
    public static partial void Paused(ILogger logger, double seconds);

    [LoggerMessage(1007, LogLevel.Information, "Reading goes on")]
    public static partial void Resumed(ILogger logger);

    [LoggerMessage(1008, LogLevel.Warning, "Kafka: {Code} {Reason}")]
    public static partial void Fault(ILogger logger, ErrorCode code, string reason);

    [LoggerMessage(1009, LogLevel.Warning, "Offsets were not committed to Kafka ({Code}); the database has them")]
    public static partial void CommitFailed(ILogger logger, ErrorCode code);

    [LoggerMessage(1010, LogLevel.Warning, "{Partition} cannot be moved to {Offset} yet ({Code})")]
    public static partial void SeekFailed(ILogger logger, TopicPartition partition, Offset offset, ErrorCode code);

    [LoggerMessage(1011, LogLevel.Information, "Reading has ended; {InFlight} batches are left to be read again")]
    public static partial void Ended(ILogger logger, int inFlight);

    /// <summary>What librdkafka itself logs; most of it matters to those who look for something only.</summary>
    public static void Client(ILogger logger, LogMessage message) => Client(
        logger,
        message.Level <= SyslogLevel.Warning ? LogLevel.Warning : LogLevel.Debug,
        message.Facility,
        message.Message);

    [LoggerMessage(EventId = 1012, Message = "librdkafka {Facility}: {Message}")]
    private static partial void Client(ILogger logger, LogLevel level, string facility, string message);

    [LoggerMessage(1013, LogLevel.Information,
        "{Partition}: nothing was found from {Expected} to {Found}; reading it again to be sure (compacted records and "
        + "transaction markers leave such holes)")]
    public static partial void Nothing(ILogger logger, TopicPartition partition, long expected, long found);

    [LoggerMessage(1014, LogLevel.Error,
        "{Partition}: the records from {From} to {To} ({Count}) were gone before they were read; see table gaps")]
    public static partial void RecordsLost(ILogger logger, TopicPartition partition, long from, long to, long count);

    [LoggerMessage(1015, LogLevel.Error,
        "{Partition} is not read from {Offset}: {Reason}. To accept the log as it is now: "
        + "kbalbertstream reset-position --topic {Topic} --partition {Number} --to earliest")]
    public static partial void Refused(
        ILogger logger, TopicPartition partition, long offset, string reason, string topic, int number);

    [LoggerMessage(1016, LogLevel.Warning,
        "{Partition} was read to {Next} and is read again from the stored position: {Reason}")]
    public static partial void Displaced(
        ILogger logger, TopicPartition partition, long next, DisplacementReason reason);

    [LoggerMessage(1017, LogLevel.Debug, "Positions could not be checked ({Code})")]
    public static partial void NotChecked(ILogger logger, string code);

    [LoggerMessage(1018, LogLevel.Warning,
        "Where the logs end now is not known ({Code}); until it is, the detector's clock may be ahead of what is unread")]
    public static partial void EndsUnknown(ILogger logger, string code);
}
