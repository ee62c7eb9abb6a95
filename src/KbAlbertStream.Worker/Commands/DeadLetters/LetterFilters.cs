using System.CommandLine;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Storage.Reading;
using ParseResult = System.CommandLine.ParseResult;

namespace KbAlbertStream.Worker.Commands.DeadLetters;

/// <summary>The options that choose dead letters.</summary>
internal static class LetterFilters
{
    private static readonly Option<string?> Topic = new("--topic")
    {
        Description = "Of this topic",
        HelpName = "TOPIC",
    };

    private static readonly Option<string?> Reason = new("--reason")
    {
        Description = "For this reason",
        HelpName = "REASON",
    };

    private static readonly Option<DateTimeOffset?> Since = new("--since")
    {
        Description = "Not before this time (Korean time without an offset)",
        HelpName = "TIME",
        CustomParser = CommandTime.Parse,
    };

    private static readonly Option<DateTimeOffset?> Until = new("--until")
    {
        Description = "Before this time",
        HelpName = "TIME",
        CustomParser = CommandTime.Parse,
    };

    private static readonly Option<LetterPosition?> Position = new("--position")
    {
        Description = "The one at this position",
        HelpName = "TOPIC[P]@OFFSET",
        CustomParser = LetterPosition.Parse,
    };

    private static readonly Option<int?> Limit = new("--limit")
    {
        Description = "At most so many, the latest",
        HelpName = "N",
    };

    /// <summary>Adds the options to a verb.</summary>
    public static void AddTo(Command command)
    {
        Reason.AcceptOnlyFromAmong([.. Enum.GetValues<RejectReason>().Select(reason => reason.ToWireName())]);
        foreach (var option in new Option[] { Topic, Reason, Since, Until, Position, Limit })
        {
            command.Add(option);
        }
    }

    /// <summary>What they say.</summary>
    public static DeadLetterFilter Read(ParseResult parsed)
    {
        var position = parsed.GetValue(Position);
        return new DeadLetterFilter
        {
            Topic = position?.Topic ?? parsed.GetValue(Topic),
            Partition = position?.Partition,
            Offset = position?.Offset,
            Reason = parsed.GetValue(Reason),
            Since = parsed.GetValue(Since),
            Until = parsed.GetValue(Until),
            Limit = parsed.GetValue(Limit),
        };
    }
}
