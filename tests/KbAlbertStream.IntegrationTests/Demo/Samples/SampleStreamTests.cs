using System.Text.Json;
using KbAlbertStream.Core.Entities;
using KbAlbertStream.Demo.Samples;

namespace KbAlbertStream.IntegrationTests.Demo.Samples;

public sealed class SampleStreamTests
{
    private static readonly SampleFolder Samples = SampleFolder.Shipped;
    private static readonly InstitutionDictionary Dictionary = InstitutionDictionary.Load(Samples.Dictionary);
    private static readonly TemplateSet Templates = TemplateSet.Load(Samples.Templates);

    [Fact]
    public void The_default_options_make_the_shipped_stream_byte_for_byte()
    {
        var (lines, planted) = SampleStream.Make(new SampleOptions(), Dictionary, Templates);

        Assert.Equal(File.ReadAllText(Samples.Stream), SamplesCommand.Join(lines));
        Assert.Equal(
            File.ReadAllText(Samples.Stream + ".planted.tsv"),
            SamplesCommand.Join(planted.Select(number => $"{number.Type}\t{number.Value}")));
    }

    [Fact]
    public void The_shipped_stream_is_in_the_order_of_event_time()
    {
        var times = Messages(File.ReadLines(Samples.Stream)).Select(message => message.At).ToList();

        Assert.True(times.Count > 600);
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public void Every_planted_number_stands_in_the_stream_and_every_kind_is_there()
    {
        var stream = File.ReadAllText(Samples.Stream);
        var planted = File.ReadLines(Samples.Stream + ".planted.tsv").Select(line => line.Split('\t')).ToList();

        Assert.All(planted, number => Assert.Contains(UrlForm(number[1]), UrlForm(stream), StringComparison.Ordinal));
        Assert.Equal(
            [
                "account", "brn", "card", "driver", "email", "frn", "ip", "landline", "passport", "phone", "phone_ko", "rrn",
                "rrn_wide", "token",
            ],
            planted.Select(number => number[0]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Everyday_messages_stay_below_what_an_alert_needs_whatever_a_model_says_of_them()
    {
        var (lines, _) = SampleStream.Make(new SampleOptions { SpikeSize = 0 }, Dictionary, Templates);
        var linker = new InstitutionLinker(Dictionary);

        // The copied story counts once, as the story hash says; then three in 24 hours is the most.
        var perDay = Messages(lines)
            .Select(message => (message.Kind, message.At, Institution: message.Institution(linker), message.Story))
            .Where(message => message.Institution is not null)
            .DistinctBy(message => (message.Kind, message.Story))
            .GroupBy(message => (message.Kind, message.Institution));
        Assert.All(perDay, group =>
        {
            var times = group.Select(message => message.At).Order().ToList();
            Assert.All(times, at => Assert.InRange(times.Count(other => other >= at && other < at.AddHours(24)), 1, 3));
        });
    }

    [Theory]
    [InlineData("mir_sb", "embezzlement_breach", 2, 12)]
    [InlineData("nuri_sec", "data_breach", 3, 25)]
    public void Other_institutions_weeks_and_sizes_can_be_asked_for(string institution, string category, int weeks, int size)
    {
        var options = new SampleOptions { Institution = institution, Category = category, Weeks = weeks, SpikeSize = size };
        Assert.Empty(SampleOptionsRules.Check(options, Dictionary, Samples));

        var (lines, _) = SampleStream.Make(options, Dictionary, Templates);

        var name = Dictionary.Find(institution)!.Name;
        var spikeDay = options.SpikeDate.ToString("yyyy-MM-dd", null);
        Assert.True(lines.Count(line => line.Contains(name, StringComparison.Ordinal) && line.Contains(spikeDay, StringComparison.Ordinal)) >= size / 2);
        Assert.Equal(options.From.AddDays((weeks * 7) - 1), options.SpikeDate);
    }

    [Fact]
    public void Wrong_options_are_all_named_at_once()
    {
        var wrong = new SampleOptions { Institution = "dodam_fg", Category = "weather", Weeks = 0, SpikeSize = -1, SpikeDay = 9 };

        Assert.Equal(5, SampleOptionsRules.Check(wrong, Dictionary, Samples).Count());
    }

    private static string UrlForm(string text) => text.Replace("+82 ", "0", StringComparison.Ordinal).Replace(' ', '-');

    private static IEnumerable<Message> Messages(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Message? message = null;
            try
            {
                using var document = JsonDocument.Parse(line);
                message = Message.Read(document.RootElement);
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                // One of the records that are bad on purpose.
            }

            if (message is not null)
            {
                yield return message;
            }
        }
    }

    private sealed record Message(string Kind, DateTimeOffset At, string? Named, string Text)
    {
        public string Story => Text.Contains("적발…금감원 검사 착수", StringComparison.Ordinal) ? "the copied story" : Text;

        public static Message? Read(JsonElement line)
        {
            var kind = line.GetProperty("kind").GetString()!;
            var value = line.GetProperty("value");
            var time = kind == "news" ? "published_at" : "received_at";
            return value.TryGetProperty(time, out var at) && at.TryGetDateTimeOffset(out var instant) && instant.Year > 2000
                ? new Message(kind, instant, FieldOf(value, "institution"), $"{FieldOf(value, "title")}\n{FieldOf(value, kind == "news" ? "body" : "text")}")
                : null;
        }

        public string? Institution(InstitutionLinker linker) => linker.Resolve(Named ?? "") ?? linker.Resolve(Text);

        private static string? FieldOf(JsonElement value, string field) =>
            value.TryGetProperty(field, out var text) ? text.GetString() : null;
    }
}
