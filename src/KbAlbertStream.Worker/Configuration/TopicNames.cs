using System.Collections.Frozen;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>The topics that are read, each with the kind of its messages.</summary>
public sealed class TopicNames
{
    private readonly FrozenDictionary<string, MessageKind> _kinds;
    private readonly string _suffix;

    /// <summary>Takes the topics from the options, which must have passed their rules.</summary>
    public TopicNames(KafkaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _suffix = options.DeadLetterSuffix;
        _kinds = Split(options.NewsTopics).Select(topic => KeyValuePair.Create(topic, MessageKind.News))
            .Concat(Split(options.ComplaintTopics).Select(topic => KeyValuePair.Create(topic, MessageKind.Complaint)))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>All topics that are read.</summary>
    public IReadOnlyCollection<string> All => _kinds.Keys;

    /// <summary>All topics that dead letters go to.</summary>
    public IEnumerable<string> DeadLetters => _kinds.Keys.Select(DeadLetterTopic);

    /// <summary>The kind of a topic's messages.</summary>
    public MessageKind KindOf(string topic) => _kinds[topic];

    /// <summary>The first topic of a kind: where a publisher that has no other wish sends its messages.</summary>
    /// <exception cref="InvalidOperationException">No topic of this kind is configured.</exception>
    public string FirstOf(MessageKind kind) =>
        _kinds.Where(pair => pair.Value == kind).Select(pair => pair.Key).Order(StringComparer.Ordinal).FirstOrDefault()
        ?? throw new InvalidOperationException($"No topic for {kind.ToWireName()} is configured.");

    /// <summary>The topic that a topic's dead letters go to.</summary>
    public string DeadLetterTopic(string topic) => topic + _suffix;

    /// <summary>The names in a list separated by commas, each once.</summary>
    public static IReadOnlyList<string> Split(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
    }
}
