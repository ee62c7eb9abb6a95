using System.Text;
using Confluent.Kafka;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Worker.Pipeline;

namespace KbAlbertStream.Tests.Worker.Pipeline;

public sealed class DeadLetterHeadersTests
{
    [Fact]
    public void Original_headers_come_first_and_marks_of_an_earlier_failure_go()
    {
        var original = Some.Record(7, "x") with
        {
            Headers = new Headers
            {
                { "trace", [1] },
                { "__connect.errors.topic", "old"u8.ToArray() },
                { "x-kbas-value-omitted", "true"u8.ToArray() },
            },
        };
        var letter = new DeadLetter(original.Position, RejectReason.MissingField, "a field");

        var headers = DeadLetterHeaders.Build(new RejectedRecord(original, letter, RejectStage.Validate), Some.Recorded);

        Assert.Equal("trace", headers[0].Key);
        Assert.Equal("topic", Text(headers, "__connect.errors.topic"));
        Assert.Equal("7", Text(headers, "__connect.errors.offset"));
        Assert.Equal("missing_field", Text(headers, "x-kbas-reason"));
        Assert.Equal("news", Text(headers, "x-kbas-kind"));
        Assert.Equal("2026-03-02T00:00:00.0000000+00:00", Text(headers, "x-kbas-failed-at"));
        Assert.False(headers.TryGetLastBytes("x-kbas-value-omitted", out _));
        Assert.Single(headers, header => header.Key == "__connect.errors.topic");
    }

    [Fact]
    public void What_the_database_refused_carries_the_stage_of_writing()
    {
        var original = Some.Record(7, "x");
        var letter = new DeadLetter(original.Position, RejectReason.RefusedByDatabase, "22001");

        var headers = DeadLetterHeaders.Build(new RejectedRecord(original, letter, RejectStage.Write), Some.Recorded);

        Assert.Equal("TASK_PUT", Text(headers, "__connect.errors.stage"));
        Assert.Equal("write", Text(headers, "x-kbas-stage"));
    }

    private static string Text(Headers headers, string name) => Encoding.UTF8.GetString(headers.GetLastBytes(name));
}
