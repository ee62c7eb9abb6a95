using Confluent.Kafka;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>The Kafka client reported an error from which it cannot recover; the process must end.</summary>
internal sealed class KafkaFatalException(Error error)
    : Exception($"The Kafka client failed for good: {error.Code}{AdviceOn(error.Code)}")
{
    /// <summary>The error's code.</summary>
    public ErrorCode Code { get; } = error.Code;

    private static string AdviceOn(ErrorCode code) => code switch
    {
        ErrorCode.FencedInstanceId or ErrorCode.UnreleasedInstanceId =>
            "; another worker of the group has the same group.instance.id: every worker needs its own",
        ErrorCode.GroupAuthorizationFailed => "; grant this worker's principal Read on its consumer group",
        _ => "",
    };
}
