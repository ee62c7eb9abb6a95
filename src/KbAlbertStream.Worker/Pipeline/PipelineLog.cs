using KbAlbertStream.Core.Messages;
using KbAlbertStream.Worker.Ingestion;
using Microsoft.Extensions.Logging;

namespace KbAlbertStream.Worker.Pipeline;

/// <summary>
/// What the pipeline says, event ids 2000 to 2999 for scoring, 3000 to 3999 for writing and the servers. Positions,
/// counts and codes only.
/// </summary>
internal static partial class PipelineLog
{
    [LoggerMessage(2001, LogLevel.Information, "Scoring with {Model}, dictionary {Dictionary}, masker {Masker}")]
    public static partial void Scoring(ILogger logger, string model, string dictionary, string masker);

    [LoggerMessage(2002, LogLevel.Warning, "{Position} is rejected: {Reason} ({Detail})")]
    public static partial void Rejected(ILogger logger, RecordPosition position, RejectReason reason, string? detail);

    [LoggerMessage(2003, LogLevel.Warning,
        "{Position} claims to be a replay, but its signature is not ours: it is taken as an ordinary record")]
    public static partial void ForgedReplay(ILogger logger, RecordPosition position);

    [LoggerMessage(3001, LogLevel.Debug, "Wrote {Rows} rows and {DeadLetters} dead letters, {Duplicates} were there; cut by {Reason}")]
    public static partial void Written(ILogger logger, int rows, int deadLetters, int duplicates, CutReason reason);

    [LoggerMessage(3002, LogLevel.Warning, "The {Server} does not take the batch ({Code}); attempt {Attempt} failed, the next in {Seconds:0.0} s")]
    public static partial void Retrying(ILogger logger, string server, string code, int attempt, double seconds);

    [LoggerMessage(3003, LogLevel.Warning, "The database refuses a batch of {Count} ({Code}); looking for the record")]
    public static partial void Isolating(ILogger logger, int count, string code);

    [LoggerMessage(3020, LogLevel.Debug, "The warm-up was skipped: the database does not take it now ({Code})")]
    public static partial void WarmUpSkipped(ILogger logger, string code);

    [LoggerMessage(3004, LogLevel.Information, "The schema is at {Version}")]
    public static partial void SchemaReady(ILogger logger, string? version);

    [LoggerMessage(3005, LogLevel.Warning, "The schema lacks {Pending}: run 'kbalbertstream migrate'; looking again in {Seconds} s")]
    public static partial void SchemaPending(ILogger logger, string pending, double seconds);

    [LoggerMessage(3006, LogLevel.Warning, "The database cannot be used yet ({Code}: {Reason}); trying again in {Seconds} s")]
    public static partial void DatabaseAway(ILogger logger, string code, string reason, double seconds);

    [LoggerMessage(3007, LogLevel.Warning, "No broker of {Servers} answers ({Code}: {Reason}); trying again in {Seconds} s")]
    public static partial void BrokerAway(ILogger logger, string servers, string code, string reason, double seconds);

    [LoggerMessage(3008, LogLevel.Warning, "These topics do not exist, their records are read once they do: {Topics}")]
    public static partial void TopicsMissing(ILogger logger, string topics);

    [LoggerMessage(3009, LogLevel.Warning, "These dead-letter topics do not exist; a bad record will hold up its partition until they do: {Topics}")]
    public static partial void DeadLetterTopicsMissing(ILogger logger, string topics);

    [LoggerMessage(3010, LogLevel.Information, "Stopped in order")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(3011, LogLevel.Warning, "Stopped with work in flight: it did not finish within {Seconds} s and is read again")]
    public static partial void CutShort(ILogger logger, double seconds);

    [LoggerMessage(3013, LogLevel.Error, "The brokers deny what this worker needs: {Rights}. It goes on by itself once they are granted")]
    public static partial void AccessDenied(ILogger logger, string rights);

    [LoggerMessage(3014, LogLevel.Information, "The brokers grant all that this worker needs")]
    public static partial void AccessGranted(ILogger logger);

    [LoggerMessage(3012, LogLevel.Critical, "The service ends: {Fault}")]
    public static partial void Ends(ILogger logger, string fault, Exception exception);
}
