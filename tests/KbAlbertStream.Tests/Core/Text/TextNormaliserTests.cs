using CsCheck;
using KbAlbertStream.Core.Text.Normalisation;

namespace KbAlbertStream.Tests.Core.Text;

public sealed class TextNormaliserTests
{
    [Theory]
    [InlineData("\u1112\u1161\u11AB글", "한글")]
    [InlineData("  가\t\r\n나\u3000다\u00A0 ", "가 나 다")]
    [InlineData("가\u0000나\u0007다\u009F라", "가나다라")]
    [InlineData("가\u200B나\uFEFF다\u202E라\u00AD마", "가나다라마")]
    [InlineData("<b>국민</b>은행 &quot;사과&quot;&nbsp;&hellip;", "국민은행 \"사과\" …")]
    [InlineData("첫 줄<br/>둘째 줄<p class=\"x\">셋째</p>", "첫 줄 둘째 줄 셋째")]
    [InlineData("<KB금융> 배당 <표> 3<5", "<KB금융> 배당 <표> 3<5")]
    [InlineData("A&amp;amp;B &amp;lt;b&gt;굵게&lt;/b&gt;", "A&B 굵게")]
    [InlineData("앞<script>var a = '<b>';</script>뒤<!-- 숨김 -->끝", "앞 뒤 끝")]
    [InlineData("<<b>b>겹친 표", "겹친 표")]
    [InlineData("👨\u200D👩\u200D👧 가족", "👨\u200D👩\u200D👧 가족")]
    [InlineData("&#x1112;&#x1161;&#x11ab; &#0; &#xD800; &bogus;", "한 &#xD800; &bogus;")]
    [InlineData("가 <&#x338;b> 나", "가 \u226Eb> 나")]
    [InlineData("", "")]
    [InlineData(" \u200B ", "")]
    public void Text_is_composed_and_cleaned(string raw, string expected) =>
        Assert.Equal(expected, TextNormaliser.Normalise(raw));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced_and_a_noncharacter_goes() =>
        Assert.Equal("가\uFFFD나다", TextNormaliser.Normalise("가\uD800나\uFFFE다\uFFFF"));

    [Fact]
    public void Clean_text_is_the_same_object()
    {
        const string clean = "KB국민은행이 3.5% 예금을 내놨다.";
        Assert.Same(clean, TextNormaliser.Normalise(clean));
    }

    [Fact]
    public void Normalising_twice_is_normalising_once()
    {
        string[] pieces =
        [
            "<b>", "</b>", "<", ">", "&", "amp;", "lt;", "&lt;", "&#60;", ";", "#", "script", "<script>", "</script>",
            "<!--", "-->", " ", "\n", "\u0000", "\u200B", "\u1112", "\u1161", "\u11AB", "가", "\u0301", "\u0338", "e",
            "\uD83D", "\uDE00", "\uFFFE", "\uFFFF", "\u037E", "&#x37e;", "&nbsp;", "br", "/", "-", "\u212A",
        ];
        Gen.Int[0, pieces.Length - 1].Array[0, 24].Sample(indices =>
        {
            var once = TextNormaliser.Normalise(string.Concat(indices.Select(i => pieces[i])));
            Assert.Equal(once, TextNormaliser.Normalise(once));
            Assert.True(once.IsNormalized());
        }, iter: 20_000);
    }

    [Fact]
    public void Any_UTF16_becomes_well_formed_text_without_NUL() =>
        Gen.String[Gen.Char, 0, 60].Sample(raw =>
        {
            var text = TextNormaliser.Normalise(raw);
            return !text.Contains('\0') && System.Text.Encoding.UTF8.GetString(
                System.Text.Encoding.UTF8.GetBytes(text)) == text;
        }, iter: 5_000);
}
