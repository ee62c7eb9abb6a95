using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Tests.Core.Text;

public sealed class StoryHashTests
{
    private const string Title = "달빛은행 전산 장애 3시간";
    private const string Body = "달빛은행 앱이 2일 오전 3시간 동안 멈췄다. 고객 12만명이 불편을 겪었다.";

    [Theory]
    [InlineData("[속보] 달빛은행 전산 장애 3시간", Body)]
    [InlineData("달빛은행 전산 장애 3시간(종합2보)", Body)]
    [InlineData("[단독]달빛은행  전산 장애 3시간", Body)]
    [InlineData(Title, "(서울=한빛뉴스) 홍길동 기자 = " + Body)]
    [InlineData(Title, "[서울=뉴스한빛]홍길동 기자 = " + Body)]
    [InlineData(Title, "[한빛일보 홍길동 기자] " + Body)]
    [InlineData(Title, Body + " 홍길동 기자 hong@hanbit.co.kr")]
    [InlineData(Title, Body + " /홍길동 선임기자 hong@hanbit.co.kr")]
    [InlineData(Title, Body + " ⓒ 한빛일보, 무단 전재 및 재배포 금지")]
    [InlineData(Title, Body + " <저작권자(c) 한빛뉴스, 무단 전재-재배포, AI 학습 및 활용 금지>")]
    [InlineData(Title, Body + " Copyright ⓒ 한빛일보. All rights reserved.")]
    [InlineData(Title, "(사진=달빛은행 제공) " + Body)]
    [InlineData(Title, Body + " /사진=한빛뉴스")]
    [InlineData(Title, " 달빛은행 앱이 ２일 오전\n3시간 동안 멈췄다. 고객 12만명이 불편을 겪었다. ")]
    public void A_copy_of_a_story_has_its_hash(string title, string body) =>
        Assert.Equal(Hash(Title, Body), Hash(title, body));

    [Theory]
    [InlineData("달빛은행 전산 장애 4시간", Body)]
    [InlineData(Title, "달빛은행 앱이 2일 오전 3시간 동안 멈췄다. 고객 13만명이 불편을 겪었다.")]
    [InlineData("별빛은행 전산 장애 3시간", Body)]
    [InlineData(Title, "")]
    public void Another_story_has_another_hash(string title, string body) =>
        Assert.NotEqual(Hash(Title, Body), Hash(title, body));

    private static string Hash(string title, string body) => new TextPreparer().Prepare(new InboundMessage
    {
        Kind = MessageKind.News,
        ExternalId = "n-1",
        Source = "한빛일보",
        Title = title,
        Text = body,
        OccurredAt = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero),
    }).StoryHash;
}
