using CsCheck;

namespace KbAlbertStream.Tests.Core.Text;

/// <summary>Pieces that put together make personal data, nearly make it, or get in its way.</summary>
internal static class Fragments
{
    private static readonly string[] All =
    [
        "010", "1234", "5678", "-", " ", "890215", "3012347", "3******", "****", "8", "02", ")", "(", "+82", ".", "12",
        "110-123-456789", "4111-1111-1111-1111", "1112", "104-86-56659", "1588-1234", "11-22-123456-12", "M123A4567",
        "hong", "@", "골뱅이", "naver.com", " at ", "192.168.0.1", "?token=", "abc", "&", "key=", ";", "lt;", "<b>", ">",
        "계좌", "카드", "법인", "주민번호", "국민은행", "접수번호", "생년월일", "차량", "면허", "여권", "사업자", "전화", "바코드",
        "공일공", "일이삼사", "이", "에", "다시", "ㅡ", "０", "①", "\u200B", "\uFE0F\u20E3", "12가 3456", "가", "님",
        "[PHONE]", "[RRN]", "[", "]", "PHONE", "\n", "\uD83D", "\uDE00", "\u0000", "8801234567893", "원", "20240315",
    ];

    public static Gen<string> Gen { get; } = CsCheck.Gen.Int[0, All.Length - 1].Select(i => All[i]);
}
