using KbAlbertStream.Core.Text.Redaction;

namespace KbAlbertStream.Tests.Core.Text;

/// <summary>All numbers are invented; resident numbers belong to births of 2087 to 2093, or are a library's own.</summary>
public sealed class RedactorTests
{
    private static readonly Redactor Redactor = new([]);

    [Theory]
    [InlineData("890215-3012347", "[RRN]")]
    [InlineData("8907154111112", "[RRN]")]
    [InlineData("931130 3000078", "[RRN]")]
    [InlineData("８９０２１５－３０１２３４７", "[RRN]")]
    [InlineData("주민번호는890215-3012347입니다", "주민번호는[RRN]입니다")]
    [InlineData("890215-3012348", "[RRN]")]
    [InlineData("870606-4123456", "[RRN]")]
    [InlineData("960121-1021413", "[RRN]")]
    [InlineData("050912-2000019", "[RRN]")]
    [InlineData("960121-1234567", "[RRN]")]
    [InlineData("890215ㅡ3012347", "[RRN]")]
    [InlineData("890215–3012347", "[RRN]")]
    [InlineData("890215 - 3012347", "[RRN]")]
    [InlineData("8 9 0 2 1 5 - 3 0 1 2 3 4 7", "[RRN]")]
    [InlineData("890215-30 12347", "[RRN]")]
    [InlineData("89\u200B0215-301\u200D2347", "[RRN]")]
    [InlineData("８9０215−3０12347", "[RRN]")]
    [InlineData("팔구공이일오 삼공일이삼사칠", "[RRN]")]
    [InlineData("①②③⓪ 890215-3012347", "①②③⓪ [RRN]")]
    [InlineData("𝟖𝟗𝟎𝟐𝟏𝟓-𝟑𝟎𝟏𝟐𝟑𝟒𝟕", "[RRN]")]
    [InlineData("٨٩٠٢١٥-٣٠١٢٣٤٧", "[RRN]")]
    [InlineData("890215-3******", "[RRN]")]
    [InlineData("890215-3●●●●●●", "[RRN]")]
    [InlineData("890215-*******", "[RRN]")]
    [InlineData("******-3012347", "[RRN]")]
    [InlineData("주민번호 890215-3", "주민번호 [RRN]")]
    [InlineData("주민번호: 891332-3012347", "주민번호: [RRN]")]
    [InlineData("주민등록번호 890215-0012347", "주민등록번호 [RRN]")]
    [InlineData("법인 직원 주민번호 890215-3012348", "법인 직원 주민번호 [RRN]")]
    [InlineData("바코드 옆에 적힌 890215-3012347", "바코드 옆에 적힌 [RRN]")]
    [InlineData("앞자리 890215 뒷자리는 3012347", "앞자리 [BIRTH] 뒷자리는 [RRN]")]
    [InlineData("890215-7012340", "[FRN]")]
    [InlineData("930808-8000120", "[FRN]")]
    [InlineData("911124-5678906", "[FRN]")]
    [InlineData("911124-5678901", "[FRN]")]
    [InlineData("760413-5212134", "[FRN]")]
    [InlineData("911124-5******", "[FRN]")]
    public void Resident_numbers_are_masked(string text, string expected) => AssertMasked(text, expected);

    [Theory]
    [InlineData("104-86-56659", "[BRN]")]
    [InlineData("123-45-67891", "[BRN]")]
    [InlineData("사업자번호 104-86-56658", "사업자번호 [BRN]")]
    [InlineData("사업자등록번호는 1048656659", "사업자등록번호는 [BRN]")]
    [InlineData("4111 1111 1111 1111", "[CARD]")]
    [InlineData("4111\n1111 1111 1111", "[CARD]")]
    [InlineData("5555-5555-5555-4444", "[CARD]")]
    [InlineData("9410000000000005", "[CARD]")]
    [InlineData("카드 4111-1111-1111-1112", "카드 [CARD]")]
    [InlineData("3782 822463 10005", "[CARD]")]
    [InlineData("4111-11**-****-1111", "[CARD]")]
    [InlineData("411111******1111", "[CARD]")]
    [InlineData("국민은행 123-01-1234-567", "국민은행 [ACCOUNT]")]
    [InlineData("카카오뱅크 3333-01-1234567", "카카오뱅크 [ACCOUNT]")]
    [InlineData("카카오 3333-01-1234567", "카카오 [ACCOUNT]")]
    [InlineData("신한 110-123-456789", "신한 [ACCOUNT]")]
    [InlineData("계좌 10021234567890", "계좌 [ACCOUNT]")]
    [InlineData("우리 1002-123-456789", "우리 [ACCOUNT]")]
    [InlineData("(신한)110-123-456789", "(신한)[ACCOUNT]")]
    [InlineData("계좌번호 일일공에 일이삼에 사오육칠팔구", "계좌번호 [ACCOUNT]")]
    [InlineData("계좌 112212345612", "계좌 [ACCOUNT]")]
    [InlineData("110-123-456789 (신한은행)", "[ACCOUNT] (신한은행)")]
    [InlineData("통장 123 01 1234 567 로", "통장 [ACCOUNT] 로")]
    [InlineData("계좌번호 110-***-456789", "계좌번호 [ACCOUNT]")]
    [InlineData("키움증권 12345678-01", "키움증권 [ACCOUNT]")]
    [InlineData("접수번호 말고 계좌 110-123-456789", "접수번호 말고 계좌 [ACCOUNT]")]
    [InlineData("M123A4567", "[PASSPORT]")]
    [InlineData("여권 M12345678", "여권 [PASSPORT]")]
    [InlineData("여권번호 m 123 a 4567", "여권번호 [PASSPORT]")]
    [InlineData("11-22-123456-12", "[DRIVER]")]
    [InlineData("서울 12-123456-78", "[DRIVER]")]
    [InlineData("면허 112212345612", "면허 [DRIVER]")]
    public void Numbers_of_contracts_and_papers_are_masked(string text, string expected) => AssertMasked(text, expected);

    [Theory]
    [InlineData("010-1234-5678", "[PHONE]")]
    [InlineData("01012345678", "[PHONE]")]
    [InlineData("+82 10 1234 5678", "[PHONE]")]
    [InlineData("+82-(0)10-1234-5678", "[PHONE]")]
    [InlineData("82-10-1234-5678", "[PHONE]")]
    [InlineData("010.1234.5678", "[PHONE]")]
    [InlineData("02-123-4567", "[PHONE]")]
    [InlineData("(02) 123-4567", "[PHONE]")]
    [InlineData("02)123-4567", "[PHONE]")]
    [InlineData("+82-2-123-4567", "[PHONE]")]
    [InlineData("070-1234-5678", "[PHONE]")]
    [InlineData("0507-1234-5678", "[PHONE]")]
    [InlineData("전화 0212345678", "전화 [PHONE]")]
    [InlineData("011-123-4567", "[PHONE]")]
    [InlineData("공일공 일이삼사 오육칠팔", "[PHONE]")]
    [InlineData("번호가 공일공일이삼사오육칠팔이에요", "번호가 [PHONE]이에요")]
    [InlineData("번호이 공일공에 일이삼사에 오육칠이입니다", "번호이 [PHONE]입니다")]
    [InlineData("공 일 공 일 이 삼 사 오 육 칠 팔", "[PHONE]")]
    [InlineData("010,1234,5678", "[PHONE]")]
    [InlineData("영일영 다시 일이삼사 다시 5678", "[PHONE]")]
    [InlineData("(010) 1234-5678", "[PHONE]")]
    [InlineData("010) 1234-5678", "[PHONE]")]
    [InlineData("０１０－１２３４－５６７８", "[PHONE]")]
    [InlineData("010ㅡ1234ㅡ5678", "[PHONE]")]
    [InlineData("010〜1234〜5678", "[PHONE]")]
    [InlineData("0 1 0 1 2 3 4 5 6 7 8", "[PHONE]")]
    [InlineData("010 - 1234 - 5678", "[PHONE]")]
    [InlineData("010-1234\n5678", "[PHONE]")]
    [InlineData("01 0123 45678", "[PHONE]")]
    [InlineData("0️⃣1️⃣0️⃣1234 5678로", "[PHONE]로")]
    [InlineData("010-****-1234", "[PHONE]")]
    [InlineData("010-1234-****", "[PHONE]")]
    [InlineData("010-12**-34**", "[PHONE]")]
    [InlineData("연락처는010-1234-5678입니다", "연락처는[PHONE]입니다")]
    [InlineData("hong.gd@example.co.kr", "[EMAIL]")]
    [InlineData("hong골뱅이naver.com", "[EMAIL]")]
    [InlineData("hong ＠ naver．com", "[EMAIL]")]
    [InlineData("hong(at)naver.com", "[EMAIL]")]
    [InlineData("hong at naver.com", "[EMAIL]")]
    [InlineData("메일은 hong@naver.com으로", "메일은 [EMAIL]으로")]
    [InlineData("문의hong@naver.com.감사합니다", "문의[EMAIL].감사합니다")]
    [InlineData("홍길동@naver.com", "[EMAIL]")]
    [InlineData("hong골뱅이네이버닷컴", "[EMAIL]")]
    [InlineData("a1@b.kr,c2@d.kr", "[EMAIL],[EMAIL]")]
    [InlineData("접속 192.168.0.1.", "접속 [IP].")]
    [InlineData("https://a.kr/x?id=3&token=ab.c%2F&n=1", "https://a.kr/x?id=3&token=[TOKEN]&n=1")]
    [InlineData("https://a.kr/?access_token=abc#p", "https://a.kr/?access_token=[TOKEN]#p")]
    public void Ways_to_reach_a_person_are_masked(string text, string expected) => AssertMasked(text, expected);

    [Theory]
    [InlineData("생년월일 1989.02.15", "생년월일 [BIRTH]")]
    [InlineData("생년월일: 890215", "생년월일: [BIRTH]")]
    [InlineData("1989년 2월 15일생 여성", "[BIRTH]생 여성")]
    [InlineData("1989년 2월 15일 출생", "[BIRTH] 출생")]
    [InlineData("저는 1989.2.15일생입니다", "저는 [BIRTH]생입니다")]
    [InlineData("생일은 1989-2-5이고", "생일은 [BIRTH]이고")]
    [InlineData("차량 12가 3456", "차량 [PLATE]")]
    [InlineData("차량번호 서울 12가3456", "차량번호 [PLATE]")]
    [InlineData("번호판 123가4567번", "번호판 [PLATE]번")]
    public void Birth_dates_and_plates_are_masked_next_to_their_words(string text, string expected) =>
        AssertMasked(text, expected);

    [Theory]
    [InlineData("890215-0012347")]
    [InlineData("891332-3012347")]
    [InlineData("890230-3012347")]
    [InlineData("1890215-3012347")]
    [InlineData("890215-30123478")]
    [InlineData("960303-0021413")]
    [InlineData("법인등록번호 110111-1234569")]
    [InlineData("법인등록번호 110111-1000481")]
    [InlineData("국민은행 법인등록번호 110111-1000481")]
    [InlineData("104-86-56658")]
    [InlineData("123-45-67890")]
    [InlineData("110-81-4127")]
    [InlineData("4111-1111-1111-1112")]
    [InlineData("2024-0315-0001-2345 주문번호")]
    [InlineData("1588-1234")]
    [InlineData("국민은행 대표번호 1588-1234, 080-123-4567")]
    [InlineData("국민은행 080-123-4567")]
    [InlineData("국민은행 법인 110111-1000481")]
    [InlineData("전화 1332")]
    [InlineData("010년")]
    [InlineData("2010-1234-5678")]
    [InlineData("가격 010-000")]
    [InlineData("010 시리즈")]
    [InlineData("운송장 6123-4567-8901")]
    [InlineData("접수번호 2024-0315-00012")]
    [InlineData("국민은행 접수번호 2024-0315-00012")]
    [InlineData("보험증권 1234567890")]
    [InlineData("A123B4567")]
    [InlineData("SM123A4567")]
    [InlineData("M123-A4567")]
    [InlineData("99-22-123456-12")]
    [InlineData("@example")]
    [InlineData("a@b")]
    [InlineData("[RRN] [PHONE]")]
    public void What_is_not_personal_stays(string text) => AssertKept(text);

    [Theory]
    [InlineData("2024-03-15, 20240315, 24.03.15, 2024년 3월 15일")]
    [InlineData("1,234,567원과 1억2천만원, 3.25%")]
    [InlineData("바코드 8801234567893, ISBN 979-11-6050-123-4")]
    [InlineData("8801234567893")]
    [InlineData("사건번호 2023가합123456")]
    [InlineData("의안번호 2201234, 접수번호 20240315-000123")]
    [InlineData("승인번호 12345678, 증권번호 123456789012")]
    [InlineData("운송장 612345678901")]
    [InlineData("KB금융(105560) 제17조제3항")]
    [InlineData("버전 10.0.19045, v1.2.3.4, SM-G998N")]
    [InlineData("로또 1 5 12 23 34 45 번호")]
    [InlineData("은행에서 1234567890원을 이체")]
    [InlineData("입금 2024-03-15 10:30:00에")]
    [InlineData("이사 오일 삼일 육이오 사이구")]
    [InlineData("https://n.news.naver.com/article/001/0014561234?sid=&keyword=금리&page=2")]
    [InlineData("사건 발생일이 2019.2.15이고 1989.2.15 생산된 차")]
    [InlineData("아래 1.2.3.4.번 내용")]
    [InlineData("개장 12가 3456가구, 국번 없이 112")]
    public void Hard_negatives_stay(string text) => AssertKept(text);

    [Fact]
    public void Several_values_are_counted_by_type()
    {
        var redacted = Redactor.Redact("010-1234-5678, 02-123-4567 / hong@naver.com 890215-3012347");

        Assert.Equal("[PHONE], [PHONE] / [EMAIL] [RRN]", redacted.Text);
        Assert.Equal(
            new Dictionary<string, int> { ["email"] = 1, ["phone"] = 2, ["rrn"] = 1 }, redacted.Counts);
    }

    [Fact]
    public void A_recogniser_that_is_switched_off_leaves_its_type()
    {
        var redacted = new Redactor(["phone"]).Redact("010-1234-5678 hong@naver.com");
        Assert.Equal("010-1234-5678 [EMAIL]", redacted.Text);
    }

    [Fact]
    public void Switching_off_what_does_not_exist_is_an_error() =>
        Assert.Contains("fax", Assert.Throws<ArgumentException>(() => new Redactor(["fax"])).Message);

    private static void AssertMasked(string text, string expected)
    {
        var redacted = Redactor.Redact(text);
        Assert.Equal(expected, redacted.Text);
        Assert.Equal(expected.Count(c => c == '['), redacted.Counts.Values.Sum());
    }

    private static void AssertKept(string text)
    {
        var redacted = Redactor.Redact(text);
        Assert.Equal(text, redacted.Text);
        Assert.Empty(redacted.Counts);
    }
}
