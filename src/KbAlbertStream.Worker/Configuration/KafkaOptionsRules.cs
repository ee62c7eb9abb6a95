using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace KbAlbertStream.Worker.Configuration;

/// <summary>The rules across the fields of <see cref="KafkaOptions"/>.</summary>
public sealed partial class KafkaOptionsRules : IValidateOptions<KafkaOptions>
{
    private const int LongestTopicName = 249;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, KafkaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new List<string>();
        var news = TopicNames.Split(options.NewsTopics);
        var complaints = TopicNames.Split(options.ComplaintTopics);
        if (news.Count + complaints.Count == 0)
        {
            failures.Add($"{nameof(options.NewsTopics)}: no topic of either kind is configured");
        }

        failures.AddRange(Misnamed(nameof(options.NewsTopics), news, options));
        failures.AddRange(Misnamed(nameof(options.ComplaintTopics), complaints, options));
        failures.AddRange(news.Intersect(complaints).Select(topic =>
            $"{nameof(options.ComplaintTopics)}: '{topic}' is a topic of news already"));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Misnamed(string key, IReadOnlyList<string> topics, KafkaOptions options)
    {
        foreach (var topic in topics)
        {
            if (!TopicName().IsMatch(topic) || topic.Length + options.DeadLetterSuffix.Length > LongestTopicName)
            {
                yield return $"{key}: '{topic}' with its dead-letter suffix is no topic name "
                    + "(letters, digits, '.', '_' and '-', at most 249)";
            }
            else if (topic.EndsWith(options.DeadLetterSuffix, StringComparison.Ordinal))
            {
                yield return $"{key}: '{topic}' is named like a dead-letter topic";
            }
        }
    }

    [GeneratedRegex("^[A-Za-z0-9._-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex TopicName();
}
