using System.Text;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Tests.Worker.Pipeline;
using KbAlbertStream.Worker.Commands;
using Microsoft.Extensions.Time.Testing;

namespace KbAlbertStream.Tests.Worker.Commands;

public sealed class InspectionTests
{
    [Fact]
    public async Task A_line_is_printed_as_documented()
    {
        var output = await InspectAsync(Some.News("a") + "\n");

        Assert.Equal(
            """
            {"line":1,"id":"a","title":"KB국민은행 소식","text":"","masked":{},"entities":[{"id":"kb_bank","relevance":60}],"sentiment":{"label":"negative","p":{"negative":0.9877,"neutral":0.01,"positive":0.0023}},"reputation":{"labels":["data_breach"],"p":{"data_breach":0.97,"labor":0.1}},"compliance":{"labels":[],"p":{"explanation":0.2}},"negative_reputation":0.958,"evidence":[{"label":"data_breach","text":"고객정보 유출"}],"windows":1,"model":"demo/1"}

            """,
            output,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Rejected_lines_keep_their_place_and_say_why()
    {
        var output = await InspectAsync($"{Some.News("a")}\r\n\n[1]\n{Some.News("b")}");

        var lines = output.TrimEnd('\n').Split('\n');
        Assert.StartsWith("""{"line":1,"id":"a",""", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("""{"line":2,"rejected":"no_value",""", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("""{"line":3,"rejected":"not_an_object",""", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("""{"line":4,"id":"b",""", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawal_says_which_text_is_taken_back()
    {
        var output = await InspectAsync("""{"id":"a","deleted":true}""");

        Assert.Equal("""{"line":1,"id":"a","withdrawn":true}""", output.TrimEnd('\n'));
    }

    [Fact]
    public async Task More_lines_than_are_scored_at_once_stay_in_order()
    {
        var output = await InspectAsync(string.Join('\n', Enumerable.Range(1, 700).Select(i => Some.News($"n{i}"))));

        var lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal(700, lines.Length);
        Assert.All(lines.Index(), line => Assert.StartsWith(
            $$"""{"line":{{line.Index + 1}},"id":"n{{line.Index + 1}}",""", line.Item, StringComparison.Ordinal));
    }

    private static async Task<string> InspectAsync(string input)
    {
        using var output = new MemoryStream();
        await new Inspection(Some.Scorer(), MessageKind.News, new FakeTimeProvider(Some.Recorded)).RunAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(input)), output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
