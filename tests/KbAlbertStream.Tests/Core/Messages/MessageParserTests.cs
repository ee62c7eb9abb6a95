using System.Text;
using KbAlbertStream.Core.Messages;

namespace KbAlbertStream.Tests.Core.Messages;

public sealed class MessageParserTests
{
    private const string News =
        """{"id":"n-1","publisher":"한빛일보","title":"제목","body":"본문","published_at":"2026-03-02T09:00:00+09:00"}""";

    private const string Complaint =
        """{"id":"c-1","channel":"app","text":"앱이 안 열려요","received_at":"2026-03-02T00:00:00Z"}""";

    private static readonly DateTimeOffset RecordedAt = new(2026, 3, 2, 0, 1, 0, TimeSpan.Zero);
    private static readonly MessageParser Parser = new(new MessageLimits());

    [Fact]
    public void A_news_item_becomes_a_message_with_its_time_in_UTC()
    {
        var result = Parse(MessageKind.News, News);

        Assert.True(result.IsMessage);
        Assert.Equal(
            new InboundMessage
            {
                Kind = MessageKind.News,
                ExternalId = "n-1",
                Source = "한빛일보",
                Title = "제목",
                Text = "본문",
                OccurredAt = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero),
            },
            result.Message);
        Assert.Equal(TimeSpan.Zero, result.Message.OccurredAt.Offset);
    }

    [Fact]
    public void A_complaint_keeps_its_optional_fields()
    {
        var message = Parse(
            MessageKind.Complaint,
            Complaint[..^1] + ""","institution":"달빛은행","sector":"fss_bank","customer_ref":"u1"}""")
            .Message;

        Assert.Equal(("달빛은행", "fss_bank", "u1", ""),
            (message!.Institution, message.Sector, message.CustomerRef, message.Title));
    }

    [Theory]
    [InlineData("", RejectReason.NoValue, null)]
    [InlineData("{", RejectReason.InvalidJson, "line 1, byte 2")]
    [InlineData("{} {}", RejectReason.InvalidJson, "line 1, byte 4")]
    [InlineData("{'id':1}", RejectReason.InvalidJson, "line 1, byte 2")]
    [InlineData("[]", RejectReason.NotAnObject, "value")]
    [InlineData("\"010-1234-5678\"", RejectReason.NotAnObject, "value")]
    [InlineData("{}", RejectReason.MissingField, "id")]
    [InlineData("""{"id":7}""", RejectReason.WrongType, "id")]
    [InlineData("""{"id":"x","title":["t"]}""", RejectReason.WrongType, "title")]
    [InlineData("""{"id":"\ud800"}""", RejectReason.InvalidText, "id")]
    [InlineData("""{"id":"\udc00\ud800"}""", RejectReason.InvalidText, "id")]
    [InlineData("""{"id":"\ud83da\ude00"}""", RejectReason.InvalidText, "id")]
    [InlineData("""{"id":"a\u0000"}""", RejectReason.InvalidText, "id")]
    [InlineData("""{"a":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}""", RejectReason.InvalidJson, "line 1, byte 21")]
    public void A_bad_value_has_its_reason_and_place(string json, RejectReason reason, string? detail) =>
        AssertRejected(reason, detail, Parse(MessageKind.News, json));

    [Theory]
    [InlineData("id", "\"\\u3000 \"", RejectReason.MissingField)]
    [InlineData("publisher", "null", RejectReason.MissingField)]
    [InlineData("title", "\"\\t\"", RejectReason.MissingField)]
    [InlineData("body", "{}", RejectReason.WrongType)]
    [InlineData("published_at", "1772409600000", RejectReason.WrongType)]
    [InlineData("published_at", "\"2026-03-02\"", RejectReason.InvalidTime)]
    [InlineData("published_at", "\"2026-02-29T00:00:00Z\"", RejectReason.InvalidTime)]
    [InlineData("published_at", "\"2026-03-02T24:00:00Z\"", RejectReason.InvalidTime)]
    [InlineData("published_at", "\"2026-03-02T00:00:00+0900\"", RejectReason.InvalidTime)]
    [InlineData("published_at", "\"0000-03-02T00:00:00Z\"", RejectReason.InvalidTime)]
    [InlineData("published_at", "\"0001-01-01T00:00:00+09:00\"", RejectReason.InvalidTime)]
    [InlineData("published_at", "\"9999-12-31T23:59:59-09:00\"", RejectReason.InvalidTime)]
    [InlineData("published_at", "\"2000-01-01T08:59:59\"", RejectReason.TimeOutOfRange)]
    public void A_bad_field_is_named_but_never_quoted(string field, string json, RejectReason reason) =>
        AssertRejected(reason, field, Parse(MessageKind.News, $"{News[..^1]},\"{field}\":{json}}}"));

    [Theory]
    [InlineData("2026-03-01T23:59:00", "2026-03-01T14:59:00Z")]
    [InlineData("2026-03-01 23:59:00.25", "2026-03-01T14:59:00.25Z")]
    [InlineData("2026-03-01t23:59:00z", "2026-03-01T23:59:00Z")]
    [InlineData("2026-03-01T10:00:00.123456789-23:00", "2026-03-02T00:01:00Z")]
    [InlineData("2026-03-02T00:06:00Z", "2026-03-02T00:06:00Z")]
    [InlineData("2026-03-02T00:06:01Z", "2026-03-02T00:01:00Z")]
    [InlineData("9999-01-01T00:00:00Z", "2026-03-02T00:01:00Z")]
    public void A_time_without_offset_is_Korean_and_a_future_one_is_the_record_time(string time, string expected)
    {
        var message = Parse(MessageKind.Complaint, Complaint.Replace("2026-03-02T00:00:00Z", time)).Message;
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), message!.OccurredAt);
    }

    [Fact]
    public void An_unknown_record_time_does_not_bound_the_event_time()
    {
        ParseResult At(string time) => Parser.Parse(
            MessageKind.Complaint,
            Encoding.UTF8.GetBytes(Complaint.Replace("2026-03-02T00:00:00Z", time)),
            RecordPosition.UnknownTime);

        Assert.Equal(2026, At("2026-03-02T00:00:00Z").Message!.OccurredAt.Year);
        AssertRejected(RejectReason.TimeOutOfRange, "received_at", At("2100-01-02T00:00:00Z"));
    }

    [Fact]
    public void Of_a_field_that_stands_twice_the_last_one_counts()
    {
        Assert.Equal("둘", Parse(MessageKind.News, News[..^1] + ""","title":3,"t\u0069tle":"둘"}""").Message!.Title);
        AssertRejected(
            RejectReason.WrongType, "title", Parse(MessageKind.News, News[..^1] + ""","title":"둘","title":3}"""));
    }

    [Fact]
    public void Unknown_fields_a_byte_order_mark_and_blank_optional_fields_are_ignored()
    {
        var json = "\uFEFF" + News[..^1] + ""","x":{"title":"안"},"\ud800":1,"text":5,"url":" ","language":null}""";
        var message = Parse(MessageKind.News, json).Message;

        Assert.Equal("제목", message!.Title);
        Assert.Null(message.Url);
        Assert.Null(message.Language);
    }

    [Fact]
    public void Lengths_count_code_points()
    {
        Assert.True(Parse(MessageKind.News, $"{News[..^1]},\"id\":\"{string.Concat(Enumerable.Repeat("😀", 200))}\"}}").IsMessage);
        AssertRejected(
            RejectReason.FieldTooLong, "id",
            Parse(MessageKind.News, $"{News[..^1]},\"id\":\"{new string('a', 201)}\"}}"));
    }

    [Fact]
    public void A_value_above_the_limit_and_bytes_that_are_no_UTF8_are_rejected()
    {
        var small = new MessageParser(new MessageLimits { MaxBytes = 1024 });
        AssertRejected(
            RejectReason.TooLarge, "value", small.Parse(MessageKind.News, new byte[1025], RecordedAt));
        AssertRejected(
            RejectReason.InvalidJson, "not UTF-8",
            Parser.Parse(MessageKind.News, [(byte)'{', 0xC3, 0x28], RecordedAt));
    }

    [Theory]
    [InlineData(MessageKind.News, """{"id":"n-1","deleted":true}""")]
    [InlineData(MessageKind.Complaint, """{"id":"n-1","deleted":true,"text":" ","received_at":"no time"}""")]
    [InlineData(MessageKind.News, """{"deleted":false,"d\u0065leted":true,"id":"n-1","title":null}""")]
    public void A_deleted_message_withdraws_its_id_and_needs_no_more(MessageKind kind, string json)
    {
        var result = Parse(kind, json);

        Assert.False(result.IsMessage);
        Assert.Equal("n-1", result.WithdrawnId);
    }

    [Theory]
    [InlineData("""{"deleted":true}""", RejectReason.MissingField, "id")]
    [InlineData("""{"id":7,"deleted":true}""", RejectReason.WrongType, "id")]
    [InlineData("""{"id":"x","deleted":true,"title":{}}""", RejectReason.WrongType, "title")]
    [InlineData("""{"id":"x","deleted":"true"}""", RejectReason.WrongType, "deleted")]
    [InlineData("""{"id":"x","deleted":{"a":[1]}}""", RejectReason.WrongType, "deleted")]
    [InlineData("""{"id":"x","deleted":true,"deleted":false}""", RejectReason.MissingField, "publisher")]
    public void A_withdrawal_with_a_fault_is_none(string json, RejectReason reason, string detail) =>
        AssertRejected(reason, detail, Parse(MessageKind.News, json));

    [Fact]
    public void A_message_that_is_not_deleted_is_an_ordinary_one()
    {
        Assert.True(Parse(MessageKind.News, News[..^1] + ""","deleted":false}""").IsMessage);
        Assert.True(Parse(MessageKind.News, News[..^1] + ""","deleted":null}""").IsMessage);
    }

    [Fact]
    public void A_record_without_a_value_withdraws_the_message_whose_id_is_its_key()
    {
        ParseResult Of(byte[]? key, byte[]? value = null) => Parser.Parse(MessageKind.News, key, value, RecordedAt);

        Assert.Equal("기사-1", Of(Encoding.UTF8.GetBytes("기사-1")).WithdrawnId);
        Assert.True(Of(Encoding.UTF8.GetBytes(new string('a', 200))).IsWithdrawal);
        AssertRejected(RejectReason.NoValue, null, Of(null));
        AssertRejected(RejectReason.NoValue, null, Of("n-1"u8.ToArray(), []));
        Assert.All(
            new byte[][] { [], [0x20, 0x0A], [0xFF], [0x61, 0x00], Encoding.UTF8.GetBytes(new string('a', 201)) },
            key => AssertRejected(RejectReason.NoValue, "key", Of(key)));
    }

    [Fact]
    public void A_value_may_stand_behind_the_frame_of_a_schema_registry()
    {
        ParseResult Framed(params byte[] value) => Parser.Parse(MessageKind.News, value, RecordedAt);
        var json = Encoding.UTF8.GetBytes(News);

        Assert.Equal("n-1", Framed([0, 0xFF, 0xC3, 0x28, 1, .. json]).Message!.ExternalId);
        Assert.Equal("n-1", Framed([0, 0, 0, 0, 1, .. "\uFEFF"u8, .. json]).Message!.ExternalId);
        AssertRejected(RejectReason.InvalidJson, "line 1, byte 1", Framed([0, 0, 0, 0, 1]));
        Assert.Equal(RejectReason.InvalidJson, Framed([0, .. json]).Reason);
        AssertRejected(RejectReason.InvalidJson, "line 1, byte 1", Framed([0, 0, 0, 0, 1, 0, 0, 0, 0, 1, .. json]));
        AssertRejected(RejectReason.InvalidJson, "line 1, byte 1", Framed([1, 0, 0, 0, 1, .. json]));
    }

    [Fact]
    public void Every_reason_has_a_name_of_its_own_in_snake_case()
    {
        var names = Enum.GetValues<RejectReason>().Select(reason => reason.ToWireName()).ToList();
        Assert.All(names, name => Assert.Matches("^[a-z]+(_[a-z]+)*$", name));
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Equal(
            Enum.GetNames<RejectReason>().Select(name => name.ToUpperInvariant()),
            names.Select(name => name.Replace("_", "").ToUpperInvariant()));
    }

    [Theory]
    [InlineData(new byte[0], "")]
    [InlineData(new byte[] { 0xEA, 0xB0, 0x80 }, "가")]
    [InlineData(new byte[] { 0x61, 0x00 }, null)]
    [InlineData(new byte[] { 0xFF }, null)]
    public void A_key_is_text_when_it_is_UTF8_without_NUL(byte[] bytes, string? expected)
    {
        Assert.Equal(expected is not null, RecordText.TryDecode(bytes, out var text));
        Assert.Equal(expected, text);
    }

    private static ParseResult Parse(MessageKind kind, string json) =>
        Parser.Parse(kind, Encoding.UTF8.GetBytes(json), RecordedAt);

    private static void AssertRejected(RejectReason reason, string? detail, ParseResult result)
    {
        Assert.False(result.IsMessage);
        Assert.Equal((reason, detail), (result.Reason, result.Detail));
    }
}
