using System.Text;
using CsCheck;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Scoring;
using KbAlbertStream.Core.Text;
using KbAlbertStream.IntegrationTests.Support;
using KbAlbertStream.Storage.Writing;

namespace KbAlbertStream.IntegrationTests.Storage;

/// <summary>From the bytes of a record to COPY: whatever a sender writes is a row or a reject, never a failure.</summary>
public sealed class ContentTests(PostgresServers servers)
{
    private const int Samples = 4000;

    // As they may stand inside a JSON string: escapes of what JSON allows and PostgreSQL does not, white space of every
    // sort, astral characters, decomposed Hangul, mark-up, direction marks, personal data.
    private static readonly string[] Pieces =
    [
        "\\u0000", "\\ud83d", "\\ude00", "\\ud83d\\ude00", "😀", "𠮷", "\\udbff\\udfff", "\\ufffe", "\\uffff", "\ufeff",
        "\\n", "\\r\\n", "\\t", "\\b", "\\f", "\\u0001", "\\u007f", "\\u0085", "\u00a0", "\u2028", "\u2029", "\u3000",
        "\u200b", "\u202e", "\u1112\u1161\u11ab", "\u1100", "각", "국민은행", "정보 유출", "010-1234-5678",
        "900101-1234567", "<b>", "</b>", "<!--", "-->", "&lt;", "&#0;", "&#xd83d;", "&#x1f600;", "'", "\\\"", "\\\\", "\\/",
        "{", "}", ",", "\u0301", "a\u0301\u0301\u0301", "$1", "\\u001f", "ﷺ", "İ", "ß",
    ];

    private static readonly string[] Times =
    [
        "2026-11-02T12:00:00+09:00", "2026-11-02T12:00:00Z", "2026-11-02T12:00:00", "2026-11-02T12:00:00.1234567-11:30",
        "2000-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "2100-01-01T00:00:00Z", "9999-12-31T23:59:59+00:00",
        "0001-01-01T00:00:00+14:00", "2026-02-30T00:00:00Z", "2026-11-02T23:59:60Z", "yesterday",
    ];

    private static readonly Gen<string> SomeString =
        Gen.Frequency((8, Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i])), (2, Gen.Char['a', 'z'].Select(c => c.ToString()))).Array[1, 12]
            .Select(string.Concat);

    private static readonly Gen<byte[]> SomeValue =
        from strings in SomeString.Array[6, 6]
        from time in Gen.Frequency((6, Gen.Const(Times[0])), (4, Gen.Int[0, Times.Length - 1].Select(i => Times[i])))
        from noise in Gen.Frequency((20, Gen.Const(-1)), (1, Gen.Int[0, 200]))
        from junk in Gen.Byte
        select Spoil(Json(strings, time), noise, junk);

    [Theory, EveryPostgres]
    public async Task Whatever_stands_in_a_record_it_is_written_or_rejected(string version)
    {
        await using var database = await servers.NewDatabaseAsync(version);
        await using var writer = new EventWriter(database.Source, new EventWriterOptions());
        var parser = new MessageParser(new MessageLimits());
        var preparer = new TextPreparer();
        var values = new List<byte[]>();
        SomeValue.Sample(values.Add, iter: Samples, threads: 1);

        var texts = new List<ScoredEvent>();
        foreach (var (value, i) in values.Select((value, i) => (value, i)))
        {
            var kind = i % 2 == 0 ? MessageKind.News : MessageKind.Complaint;
            var position = new SomeText(i) { Kind = kind }.Build().Position;
            if (parser.Parse(kind, value, position.RecordedAt).Message is { } message)
            {
                texts.Add(Scored(i, kind, preparer.Prepare(message)));
            }
        }

        foreach (var part in texts.Chunk(200))
        {
            await writer.WriteAsync(SomeBatch.Of(part), default);
        }

        // Enough of either, or the samples say nothing.
        Assert.InRange(texts.Count, Samples / 10, Samples * 9 / 10);
        Assert.Equal((long)texts.Count, await database.ScalarAsync<long>("SELECT count(*) FROM scored_events"));
        var stored = await database.RowsAsync("""SELECT "offset", title, text FROM scored_events ORDER BY 1""");
        Assert.Equal(
            texts.OrderBy(t => t.Position.Offset).Select(
                t => $"{t.Position.Offset}|{t.Message.Content.Title}|{t.Message.Content.Text}"),
            stored);
    }

    private static ScoredEvent Scored(int offset, MessageKind kind, PreparedMessage message)
    {
        ScoredEvent scored = new SomeText(offset) { Kind = kind };
        return scored with
        {
            Message = message,
            Scores = scored.Scores with { Evidence = [new Evidence("data_breach", message.Content.ModelInput)] },
        };
    }

    // Both kinds read what they know and ignore the rest.
    private static byte[] Json(string[] strings, string time) => Encoding.UTF8.GetBytes(
        $$"""
        {"id":"{{strings[0]}}","publisher":"{{strings[1]}}","channel":"{{strings[1]}}","title":"{{strings[2]}}",
        "body":"{{strings[3]}}","text":"{{strings[3]}}","customer_ref":"{{strings[4]}}","institution":"{{strings[5]}}",
        "sector":"{{strings[4]}}","url":"https://news.example/?q={{strings[5]}}","language":"ko",
        "published_at":"{{time}}","received_at":"{{time}}"}
        """);

    private static byte[] Spoil(byte[] value, int at, byte junk)
    {
        if (at >= 0)
        {
            value[at] = junk;
        }

        return value;
    }
}
