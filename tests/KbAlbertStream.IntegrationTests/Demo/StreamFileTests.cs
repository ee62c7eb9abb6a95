using System.Text;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Demo.Replay;

namespace KbAlbertStream.IntegrationTests.Demo;

public sealed class StreamFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void A_line_becomes_a_record_of_its_kind_with_the_bytes_of_its_value_and_its_event_time()
    {
        var records = Read(
            """
            {"kind":"news","value":{"id":"1","published_at":"2026-03-02T09:00:00+09:00", "odd" : 1e2}}
            {"kind":"complaint","value":{"id":"2","received_at":"2026-03-02T09:30:00"}}

            {"kind":"complaint","value":{"id":"3","received_at":"2026-03-02T00:45:00Z"}}
            """);

        Assert.Equal([MessageKind.News, MessageKind.Complaint, MessageKind.Complaint], records.Select(record => record.Kind));
        Assert.Equal(
            """{"id":"1","published_at":"2026-03-02T09:00:00+09:00", "odd" : 1e2}""", Encoding.UTF8.GetString(records[0].Value));
        Assert.Equal([0, 30, 45], records.Select(record => record.At.UtcDateTime.TimeOfDay.TotalMinutes));
    }

    [Theory]
    [InlineData("no JSON at all")]
    [InlineData("""{"kind":"fax","value":{}}""")]
    [InlineData("""{"kind":"news"}""")]
    [InlineData("""{"kind":"\ud800","value":{}}""")]
    [InlineData("""["kind"]""")]
    public void A_bad_line_is_published_as_it_stands_at_the_time_of_the_line_before(string line)
    {
        var records = Read("""{"kind":"news","value":{"published_at":"2026-03-02T09:00:00Z"}}""" + "\n" + line);

        Assert.Equal(line, Encoding.UTF8.GetString(records[1].Value));
        Assert.Equal((MessageKind.News, records[0].At), (records[1].Kind, records[1].At));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a photograph, say\nnot a stream\n")]
    public void A_file_that_is_no_stream_is_refused_with_a_sentence(string content)
    {
        var refused = Assert.Throws<StreamFileException>(() => Read(content));

        Assert.Contains(_file, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_refused_with_a_sentence() =>
        Assert.Contains("cannot be read", Assert.Throws<StreamFileException>(() => StreamFile.Read(_file + ".none")).Message, StringComparison.Ordinal);

    public void Dispose() => File.Delete(_file);

    private IReadOnlyList<StreamRecord> Read(string content)
    {
        File.WriteAllText(_file, content);
        return StreamFile.Read(_file);
    }
}
