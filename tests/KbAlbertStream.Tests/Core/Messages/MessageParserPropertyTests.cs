using System.Text;
using System.Text.Json;
using CsCheck;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Text;
using KbAlbertStream.Tests.Core.Text;

namespace KbAlbertStream.Tests.Core.Messages;

public sealed class MessageParserPropertyTests
{
    private static readonly DateTimeOffset RecordedAt = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly MessageParser Parser = new(new MessageLimits());
    private static readonly TextPreparer Preparer = new(new TextOptions { HashKey = "a key that only tests use" });

    private static readonly string[] Strings =
    [
        "\"x\"", "\"\"", "\" \"", "null", "1", "[]", "{}", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud83d\\ude00\"",
        "\"\\u0000\"", "\"\u0001\"", "\"2026-03-02T09:00:00\"", "\"2026-03-02T09:00:00+14:00\"", "\"1999-01-01T00:00:00Z\"",
        "\"9999-12-31T23:59:59-12:00\"", "\"010-1234-5678\"", "\"<b>&#0;&#xD800;</b>\"", "\"a\\", "\"\uFFFE\"", "tru",
    ];

    private static readonly string[] Names =
    [
        "id", "publisher", "channel", "title", "body", "text", "published_at", "received_at", "url", "language",
        "customer_ref", "institution", "sector", "\\u0069d", "\\ud800", "other", "deleted",
    ];

    private static readonly Gen<byte[]> Json =
        from names in Gen.Int[0, Names.Length - 1].Array[0, 14]
        from strings in Gen.Int[0, Strings.Length - 1].Array[14]
        from close in Gen.Int[0, 9]
        select Encoding.UTF8.GetBytes(
            "{\"id\":\"i\",\"publisher\":\"p\",\"channel\":\"c\",\"title\":\"t\",\"text\":\"x\",\"published_at\":\"2026-03-02T09:00:00\""
            + ",\"received_at\":\"2026-03-02T09:00:00Z\""
            + (close == 8 ? ",\"deleted\":true" : "")
            + string.Concat(names.Select((name, i) => $",\"{Names[name]}\":{Strings[strings[i] % (close < 7 ? 5 : Strings.Length)]}"))
            + (close == 9 ? "" : "}"));

    private static readonly Gen<byte[]> Damaged =
        from json in Json
        from at in Gen.Int[0, 400]
        from value in Gen.Byte
        select json.Select((b, i) => i == at ? value : b).ToArray();

    [Fact]
    public void Any_bytes_become_a_reason_or_a_message_that_can_be_stored()
    {
        var (messages, withdrawn, rejected) = (0, 0, 0);
        var kinds = Gen.Bool.Select(isNews => isNews ? MessageKind.News : MessageKind.Complaint);
        Gen.Select(kinds, Gen.OneOf(Json, Damaged, Gen.Byte.Array[0, 200])).Sample((kind, bytes) =>
        {
            var result = Parser.Parse(kind, bytes, RecordedAt);
            if (result.IsWithdrawal)
            {
                Interlocked.Increment(ref withdrawn);
                AssertStorable(new { Id = Preparer.PrepareId(result.WithdrawnId) });
                return;
            }

            if (!result.IsMessage)
            {
                Interlocked.Increment(ref rejected);
                Assert.True(Enum.IsDefined(result.Reason));
                return;
            }

            Interlocked.Increment(ref messages);
            AssertStorable(result.Message);
            var prepared = Preparer.Prepare(result.Message);
            AssertStorable(prepared);
            AssertStorable(prepared.Content);
            Assert.InRange(prepared.OccurredAt, new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), RecordedAt.AddMinutes(5));
            Assert.Equal(TimeSpan.Zero, prepared.OccurredAt.Offset);
        }, iter: 4_000);

        // Otherwise the samples would prove little.
        Assert.True(
            messages > 200 && withdrawn > 20 && rejected > 200, $"{messages} messages, {withdrawn} withdrawn, {rejected} rejected");
    }

    /// <summary>Promise 3: a dead letter tells where the fault is, never what stood there.</summary>
    [Fact]
    public void A_detail_never_holds_content()
    {
        var marked = Encoding.UTF8.GetBytes(
            """{"id":"SECRET","publisher":"SECRET","title":"SECRET","body":"SECRET","SECRET":"SECRET","published_at":"SECRET"}""");
        Gen.Select(Gen.Int[0, marked.Length - 1], Gen.Byte, Gen.Bool).Sample((at, value, cut) =>
        {
            var bytes = cut ? marked[..at] : [.. marked[..at], value, .. marked[(at + 1)..]];
            var result = Parser.Parse(MessageKind.News, bytes, RecordedAt);
            Assert.False(result.IsMessage);
            Assert.DoesNotContain("SECRET", result.Detail ?? "");
            Assert.Matches("^(value|not UTF-8|line [12], byte [0-9]+|id|publisher|title|body|published_at)?$", result.Detail ?? "");
        }, iter: 3_000);
    }

    private static void AssertStorable(object message)
    {
        foreach (var property in message.GetType().GetProperties().Where(p => p.PropertyType == typeof(string)))
        {
            var text = (string?)property.GetValue(message) ?? "";
            Assert.DoesNotContain('\0', text);
            Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        }
    }
}
