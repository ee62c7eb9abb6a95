using KbAlbertStream.Core.Entities;
using KbAlbertStream.Core.Messages;
using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Tests.Core.Entities;

public sealed class InstitutionLinkerTests
{
    private static readonly InstitutionLinker Linker = new(InstitutionDictionary.Load(InstitutionDictionary.ShippedPath));

    [Theory]
    [InlineData("국민은행에서 전산장애가 났다", "kb_bank")]
    [InlineData("KB국민은행이 사과했다", "kb_bank")]
    [InlineData("ＫＢ국민은행이 사과했다", "kb_bank")]
    [InlineData("kb국민은행은 오늘", "kb_bank")]
    [InlineData("국민銀, 금리 인상", "kb_bank")]
    [InlineData("국민은행강남지점에서 겪은 일입니다", "kb_bank")]
    [InlineData("국민은행장이 물러났다", "kb_bank")]
    [InlineData("은행은KB국민은행입니다", "kb_bank")]
    [InlineData("케이비손해보험의 보험금 지급 거절", "kb_ins")]
    [InlineData("신한금융투자 시절 판매한 펀드", "shinhan_sec")]
    [InlineData("신한·우리은행 횡령", "woori_bank")]
    [InlineData("前하나은행 직원", "hana_bank")]
    [InlineData("\"우리은행측 책임\"", "woori_bank")]
    [InlineData("대구은행 시절 계좌 불법 개설", "im_bank")]
    [InlineData("외환은행 매각", "hana_bank")]
    [InlineData("카카오뱅크앱이 열리지 않아요", "kakaobank")]
    [InlineData("영웅문 접속 오류", "kiwoom")]
    [InlineData("우리WON뱅킹이 멈췄다", "woori_bank")]
    [InlineData("산업은행까지 나섰다", "kdb")]
    [InlineData("새마을금고로부터 대출", "mg_fed")]
    [InlineData("한국투자증권과의 소송", "kis")]
    [InlineData("현대해상, 실손보험금 지급 거절", "hyundai_marine")]
    [InlineData("토스뱅크보다 금리가 낮다", "tossbank")]
    public void A_name_links_its_institution_whatever_particle_or_office_follows(string text, string id) =>
        Assert.Equal([id], Ids(text));

    [Theory]
    [InlineData("국민의힘은 국민연금 개혁을")]
    [InlineData("대한민국 국민은 하나의 나라")]
    [InlineData("우리나라 우리 아이")]
    [InlineData("신한울 원전과 신한대학교")]
    [InlineData("수은 중독, 산은 높고 예보는 비")]
    [InlineData("토스해 주세요. 키움과 하나")]
    [InlineData("카카오톡 장애, 삼성전자 실적, DB하이텍 상장")]
    [InlineData("우리금융캐피탈 대출금리")]
    [InlineData("우리금융캐피탈강남지점에서")]
    [InlineData("카카오페이증권 계좌 개설")]
    [InlineData("카카오페이 증권 계좌 개설")]
    [InlineData("KDB생명 매각 무산")]
    [InlineData("KB자산운용 펀드")]
    [InlineData("IBK투자증권 노조")]
    [InlineData("농협중앙회 회장 선거")]
    [InlineData("미국 씨티은행 감원")]
    [InlineData("한국투자공사 수익률")]
    [InlineData("또하나은행 캠페인")]
    [InlineData("대기업은행 대출 늘려")]
    [InlineData("기업 은행 대출 증가")]
    [InlineData("금융감독원과 한국은행, 금융위가 논의했다")]
    public void A_common_word_an_affiliate_without_an_id_and_a_supervisor_link_nothing(string text) =>
        Assert.Empty(Ids(text));

    [Theory]
    [InlineData("IBK기업은행, 흥국생명 꺾고 3연승", "")]
    [InlineData("프로배구 우리카드 한국전력 완파", "")]
    [InlineData("여자부 선두 흥국생명", "")]
    [InlineData("V리그 개막 앞둔 KB손해보험", "")]
    [InlineData("KB손해보험, 홈 개막전 승리", "남자부 경기에서 KB손해보험은 세트 스코어 3-1로 이겼다.")]
    [InlineData("신한은행 5연패 늪", "여자농구 신한은행이 또 졌다.")]
    public void Sport_links_nothing_because_teams_are_named_after_firms(string title, string text) =>
        Assert.Empty(Linker.Link(MessageKind.News, new PreparedText(title, text)));

    [Theory]
    [InlineData("우리카드, 추석 선물세트 할인 행사", "우리카드는 선물세트를 할인한다.")]
    [InlineData("우리카드 직원 횡령", "우리카드 직원이 회사 돈 30억원을 빼돌렸다. 이 직원은 과거 배구단 운영을 맡았다.")]
    [InlineData("우리카드 3분기 연속 적자", "우리카드가 적자를 냈다.")]
    [InlineData("우리카드 지배구조 논란", "우리카드의 지배구조를 두고 말이 많다.")]
    [InlineData("우리카드, 신한카드 꺾고 순이익 1위", "")]
    [InlineData("금융감독원, 우리카드 검사", "감독당국이 우리카드를 검사한다.")]
    public void A_business_story_that_uses_a_word_of_sport_still_links(string title, string text) =>
        Assert.Contains("woori_card", Linker.Link(MessageKind.News, new PreparedText(title, text)).Select(x => x.Id));

    [Fact]
    public void The_longest_name_wins_over_the_names_inside_it()
    {
        Assert.Equal(["kb_sec"], Ids("KB투자증권 사고"));
        Assert.Equal(["nh_ins"], Ids("NH농협손해보험 민원"));
        Assert.Equal(["kih"], Ids("한국금융지주 실적"));
    }

    [Fact]
    public void A_name_that_changed_hands_means_its_owner_at_the_time_of_the_event()
    {
        var text = new PreparedText("우리투자증권 제재", "");

        Assert.Equal("nh_sec", Assert.Single(Linker.Link(MessageKind.News, text, Day("2013-05-02"))).Id);
        Assert.Empty(Linker.Link(MessageKind.News, text, Day("2019-05-02")));
        Assert.Equal("woori_sec", Assert.Single(Linker.Link(MessageKind.News, text, Day("2025-05-02"))).Id);
        Assert.Equal("woori_sec", Assert.Single(Linker.Link(MessageKind.News, text)).Id);
    }

    [Fact]
    public void Relevance_weighs_title_lead_mentions_and_company()
    {
        var text = new PreparedText(
            "신한은행 횡령",
            "신한은행에서 횡령이 났다. 금액은 3.5억원이다. 조사 중이다. 하나은행도 점검에 나섰다. 신한은행은 사과했다.");

        Assert.Equal(
            [new LinkedInstitution("shinhan_bank", 88), new LinkedInstitution("hana_bank", 13)],
            Linker.Link(MessageKind.News, text));
    }

    [Fact]
    public void Equally_relevant_institutions_come_in_the_order_of_the_text() =>
        Assert.Equal(["woori_bank", "hana_bank", "kbank"], Ids("우리은행, 하나은행, 케이뱅크"));

    [Theory]
    [InlineData("kb_bank", "kb_bank")]
    [InlineData(" KB국민은행 ", "kb_bank")]
    [InlineData("국민은행 강남지점", "kb_bank")]
    [InlineData("농협", "nh_bank")]
    [InlineData("카뱅", "kakaobank")]
    [InlineData("신협", "cu")]
    [InlineData("금융감독원", null)]
    [InlineData("fss", null)]
    [InlineData("강남지점", null)]
    [InlineData("", null)]
    public void The_institution_field_means_an_id_a_name_or_a_text_that_begins_with_one(string field, string? id) =>
        Assert.Equal(id, Linker.Resolve(field));

    [Fact]
    public void A_complaint_is_about_its_field_else_about_what_it_names_else_about_the_default()
    {
        var naming = new PreparedText("", "하나은행에서 우리은행으로 보냈는데 하나은행이 막았어요");
        var silent = new PreparedText("", "이 지점 직원이 불친절해요");

        Assert.Equal([new LinkedInstitution("ibk", 100)], Linker.ForComplaint("기업은행", naming, "kb_bank"));
        Assert.Equal(["hana_bank"], Linker.ForComplaint(null, naming, "kb_bank").Select(linked => linked.Id));
        Assert.Equal(["hana_bank"], Linker.ForComplaint("강남지점", naming, "kb_bank").Select(linked => linked.Id));
        Assert.Equal([new LinkedInstitution("kb_bank", 50)], Linker.ForComplaint(null, silent, "kb_bank"));
        Assert.Empty(Linker.ForComplaint(null, silent, null));
    }

    [Fact]
    public void A_complaint_may_mention_sport_without_losing_its_institution() =>
        Assert.Equal(["woori_card"], Linker.Link(
            MessageKind.Complaint, new PreparedText("", "우리카드로 프로배구 표를 샀는데 환불이 안 됩니다")).Select(x => x.Id));

    [Theory]
    [InlineData("국민은행")]
    [InlineData("KB국민은")]
    [InlineData("중소기업은중소기업은행")]
    [InlineData("배구")]
    [InlineData("은행KB국민은행강남지점")]
    [InlineData(". ")]
    public void Hostile_repetition_takes_linear_time(string unit)
    {
        var small = Measure(unit, 100_000);
        var large = Measure(unit, 1_600_000);

        // 16 times the text; quadratic work would take 256 times as long. The shortest of three runs and the constant
        // forgive a busy machine.
        Assert.True(large < (small * 80) + TimeSpan.FromMilliseconds(200), $"{small} then {large}");
    }

    private static TimeSpan Measure(string unit, int length)
    {
        var text = new PreparedText("", string.Concat(Enumerable.Repeat(unit, length / unit.Length)));
        Linker.Link(MessageKind.News, text);
        return Enumerable.Range(0, 3).Min(_ =>
        {
            var started = TimeProvider.System.GetTimestamp();
            Linker.Link(MessageKind.News, text);
            return TimeProvider.System.GetElapsedTime(started);
        });
    }

    private static string[] Ids(string text) =>
        [.. Linker.Link(MessageKind.News, new PreparedText("", text)).Select(linked => linked.Id)];

    private static DateTimeOffset Day(string day) =>
        new(DateOnly.ParseExact(day, "yyyy-MM-dd"), TimeOnly.MinValue, TimeSpan.FromHours(9));
}
