using Confluent.Kafka;
using KbAlbertStream.Worker.Configuration;

namespace KbAlbertStream.Worker.Ingestion;

/// <summary>Which of the configured topics exist.</summary>
/// <param name="Partitions">Partitions of every topic that exists.</param>
/// <param name="MissingInputs">Topics to read that do not exist.</param>
/// <param name="MissingDeadLetters">Dead-letter topics that do not exist.</param>
internal sealed record TopicReport(
    IReadOnlyDictionary<string, int> Partitions,
    IReadOnlyList<string> MissingInputs,
    IReadOnlyList<string> MissingDeadLetters)
{
    /// <summary>Asks the brokers. It makes no topic.</summary>
    /// <exception cref="KafkaException">No broker answered in time.</exception>
    public static TopicReport Ask(KafkaOptions options, KafkaProperties properties, TimeSpan timeout)
    {
        Error? cause = null;
        using var client = new AdminClientBuilder(Settings(options, properties)).SetLogHandler((_, _) => { })
            .SetErrorHandler((_, error) => cause = Tells(error) ? error : cause).Build();
        try
        {
            return From(client.GetMetadata(timeout), new TopicNames(options));
        }
        catch (KafkaException) when (cause is not null)
        {
            // The call itself knows only that nobody answered; why, the client says on the side.
            throw new KafkaException(cause);
        }
    }

    private static bool Tells(Error error) => error.Code is ErrorCode.Local_Authentication or ErrorCode.Local_Ssl
        or ErrorCode.Local_Resolve or ErrorCode.Local_Transport or ErrorCode.SaslAuthenticationFailed;

    private static Dictionary<string, string> Settings(KafkaOptions options, KafkaProperties properties) =>
        KafkaClientSettings.Producer(options, properties);

    private static TopicReport From(Metadata metadata, TopicNames names)
    {
        var partitions = metadata.Topics.Where(topic => topic.Error.Code == ErrorCode.NoError)
            .ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count, StringComparer.Ordinal);
        return new TopicReport(
            partitions,
            [.. names.All.Where(topic => !partitions.ContainsKey(topic)).Order(StringComparer.Ordinal)],
            [.. names.DeadLetters.Where(topic => !partitions.ContainsKey(topic)).Order(StringComparer.Ordinal)]);
    }
}
