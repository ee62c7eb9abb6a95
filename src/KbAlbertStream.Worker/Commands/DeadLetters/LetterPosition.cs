using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;

namespace KbAlbertStream.Worker.Commands.DeadLetters;

/// <summary>A position in Kafka as logs and views write it: <c>risk.news.v1[3]@1234</c>.</summary>
internal sealed partial record LetterPosition(string Topic, int Partition, long Offset)
{
    /// <summary>The parser of an option or argument.</summary>
    public static LetterPosition? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (Form().Match(text) is { Success: true } match)
        {
            return new LetterPosition(
                match.Groups["topic"].Value,
                int.Parse(match.Groups["partition"].ValueSpan, CultureInfo.InvariantCulture),
                long.Parse(match.Groups["offset"].ValueSpan, CultureInfo.InvariantCulture));
        }

        result.AddError($"'{text}' is no position: TOPIC[PARTITION]@OFFSET");
        return null;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Topic}[{Partition}]@{Offset}";

    [GeneratedRegex(
        @"\A(?<topic>[A-Za-z0-9._-]{1,249})\[(?<partition>[0-9]{1,9})\]@(?<offset>[0-9]{1,18})\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
