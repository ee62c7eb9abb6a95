using System.Text;
using CsCheck;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Tests.Core.Text;

public sealed class TextPreparerTests
{
    private static readonly TextPreparer Preparer = new(new TextOptions { HashKey = "a key that only tests use" });

    private static readonly InboundMessage Complaint = new()
    {
        Kind = MessageKind.Complaint,
        ExternalId = "c-1",
        Source = "app",
        Title = "제목",
        Text = "앱이 안 열려요",
        OccurredAt = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero),
    };

    [Fact]
    public void Clean_messages_keep_every_field()
    {
        var message = Preparer.Prepare(
            Complaint with { Institution = "달빛은행", Sector = "fss_bank", CustomerRef = "u-77", Language = "ko", Url = "https://a.kr/1" });

        Assert.Equal(
            ("c-1", "app", "제목", "앱이 안 열려요"),
            (message.ExternalId, message.Source, message.Content.Title, message.Content.Text));
        Assert.Equal(
            ("달빛은행", "fss_bank", "u-77", "ko", "https://a.kr/1"),
            (message.Institution, message.Sector, message.CustomerRef, message.Language, message.Url));
        Assert.Empty(message.Masked);
    }

    /// <summary>Promise 3, for the fields that carry text: every string of the row is masked.</summary>
    [Fact]
    public void Raw_personal_data_never_leaves_Core_Text_in_any_field()
    {
        const string raw = "010-1234-5678";
        var message = Preparer.Prepare(new InboundMessage
        {
            Kind = MessageKind.News,
            ExternalId = raw,
            Source = $"제보 {raw}",
            Title = raw,
            Text = $"전화 <b>010</b>-1234&#45;5678, hong@naver.com, 890215-3012347",
            OccurredAt = Complaint.OccurredAt,
            Url = $"https://a.kr/?q=010%2D1234%2D5678&phone={raw}",
            Language = raw,
            Institution = raw,
            Sector = raw,
            CustomerRef = "890215-3012347",
        });

        foreach (var property in typeof(PreparedMessage).GetProperties().Where(p => p.PropertyType == typeof(string)))
        {
            var value = (string?)property.GetValue(message);
            Assert.False(string.IsNullOrEmpty(value), property.Name);
            Assert.DoesNotContain("1234", value.Replace("%2D", "-"));
        }

        Assert.Equal("[PHONE]", message.Content.Title);
        Assert.Equal("전화 [PHONE], [EMAIL], [RRN]", message.Content.Text);
        Assert.Equal(new Dictionary<string, int> { ["email"] = 1, ["phone"] = 9, ["rrn"] = 2 }, message.Masked);
    }

    /// <summary>What the check for leaks rests on: with a recogniser less, the value is there to be found.</summary>
    [Fact]
    public void Switching_off_a_recogniser_shows_in_the_text_and_in_the_version()
    {
        var preparer = new TextPreparer(new TextOptions { DisabledRecognisers = ["phone"] });

        Assert.Equal("010-1234-5678 [EMAIL]", preparer.Prepare("", "010-1234-5678 a@b.kr").Text);
        Assert.Equal($"{new TextPreparer().Version}-without-phone", preparer.Version);
    }

    [Theory]
    [InlineData("890215-3012347", "8902153012347")]
    [InlineData("hong@naver.com", "HONG@naver.com")]
    [InlineData("010-1234-5678", "０１０ １２３４ ５６７８")]
    public void An_identifier_with_personal_data_becomes_the_same_hash_in_every_spelling(string one, string other)
    {
        var hash = CustomerRef(Preparer, one);

        Assert.Matches("^h:[0-9a-f]{16}$", hash);
        Assert.Equal(hash, CustomerRef(Preparer, other));
        Assert.Equal(hash, Preparer.PrepareIdentifier(other));
        Assert.NotEqual(hash, CustomerRef(Preparer, $"x {one}"));
        Assert.NotEqual(hash, CustomerRef(new TextPreparer(new TextOptions { HashKey = "another key for the tests" }), one));
        Assert.DoesNotContain("h:", CustomerRef(new TextPreparer(), one));
    }

    [Theory]
    [InlineData("u-77")]
    [InlineData("123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("AKR20240315123400002")]
    [InlineData("20240315-000123")]
    public void An_identifier_without_personal_data_stays(string identifier) =>
        Assert.Equal(identifier, CustomerRef(Preparer, identifier));

    [Fact]
    public void A_short_hash_key_is_an_error() =>
        Assert.Throws<ArgumentException>(() => new TextPreparer(new TextOptions { HashKey = "short" }));

    [Theory]
    [InlineData("https://a.kr/news/2024/0315?page=2&keyword=%EA%B8%88%EB%A6%AC#top", null)]
    [InlineData("https://a.kr/p?session=1&api_key=2&userName=3&e-mail=4&user[name]=5",
        "https://a.kr/p?session=[TOKEN]&api_key=[TOKEN]&userName=[TOKEN]&e-mail=[TOKEN]&user[name]=[TOKEN]")]
    [InlineData("https://a.kr/p?q=hong%40naver.com", "https://a.kr/p?q=[EMAIL]")]
    [InlineData("https://a.kr/p?q=hong%2540naver.com&x=1", "https://a.kr/p?q=[EMAIL]&x=1")]
    [InlineData("https://a.kr/p?q=%EC%A0%84%ED%99%94+010+1234+5678", "https://a.kr/p?q=전화%20[PHONE]")]
    [InlineData("https://a.kr/p?next=https%3A%2F%2Fb.kr%2F%3Ftoken%3Dabc", "https://a.kr/p?next=https://b.kr/?token=[TOKEN]")]
    [InlineData("https://a.kr/call/010-1234-5678/x", "https://a.kr/call/[PHONE]/x")]
    [InlineData("https://hong:secret@a.kr/x", "https://[TOKEN]@a.kr/x")]
    [InlineData("http://192.168.0.7/x", "http://[IP]/x")]
    [InlineData("https://a.kr/?%74oken=abc", "https://a.kr/?token=[TOKEN]")]
    public void An_address_loses_what_is_personal_and_keeps_its_path(string url, string? expected) =>
        Assert.Equal(expected ?? url, Preparer.Prepare(Complaint with { Url = url }).Url);

    [Fact]
    public void The_content_hash_is_that_of_the_stored_text()
    {
        var hash = Preparer.Prepare(Complaint).ContentHash;

        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, Preparer.Prepare(Complaint with { Text = "앱이  안\n열려요", ExternalId = "c-2" }).ContentHash);
        Assert.NotEqual(hash, Preparer.Prepare(Complaint with { Text = "앱이 안 열려요." }).ContentHash);
        Assert.NotEqual(hash, Preparer.Prepare(Complaint with { Title = "제", Text = "목 앱이 안 열려요" }).ContentHash);
        Assert.NotEqual(hash, Preparer.Prepare(Complaint with { Kind = MessageKind.News }).ContentHash);
    }

    [Fact]
    public void Preparing_twice_is_preparing_once()
    {
        Fragments.Gen.Array[0, 12].Sample(pieces =>
        {
            var once = Preparer.Prepare("", string.Concat(pieces)).Text;
            Assert.Equal(once, Preparer.Prepare("", once).Text);
        }, iter: 2_000);
    }

    [Fact]
    public void Any_text_becomes_UTF8_without_NUL()
    {
        Gen.OneOf(Gen.String[Gen.Char, 0, 20], Fragments.Gen).Array[0, 6].Sample(pieces =>
        {
            var text = Preparer.Prepare("", string.Concat(pieces)).Text;
            Assert.DoesNotContain('\0', text);
            Assert.Equal(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
        }, iter: 2_000);
    }

    /// <summary>No pattern may backtrack without bound: a text that makes one do so would stop a partition.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("0 1 0 ")]
    [InlineData("1*")]
    [InlineData("1.1.1.1.")]
    [InlineData("계좌 1234567890 ")]
    [InlineData("&amp;")]
    [InlineData("저작권자")]
    [InlineData("홍길동기자 ")]
    [InlineData("[가=")]
    [InlineData("?token=")]
    public void Hostile_text_of_50_kB_takes_seconds_at_most(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 50_000 / piece.Length));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Preparer.Prepare(Complaint with { Text = text });
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    private static string CustomerRef(TextPreparer preparer, string value) =>
        preparer.Prepare(Complaint with { CustomerRef = value }).CustomerRef!;
}
