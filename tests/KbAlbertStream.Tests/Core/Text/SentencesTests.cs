using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Tests.Core.Text;

public sealed class SentencesTests
{
    [Theory]
    [InlineData("점포를 닫는다. 고객이 운다!  왜? 모른다", "점포를 닫는다.|고객이 운다!|왜?|모른다")]
    [InlineData("금리는 3.5%다. 끝", "금리는 3.5%다.|끝")]
    [InlineData("첫 줄\n둘째 줄\r\n\r\n셋째", "첫 줄|둘째 줄|셋째")]
    [InlineData("그는 떠났다… 돌아오지 않았다。", "그는 떠났다…|돌아오지 않았다。")]
    [InlineData("  ", "")]
    [InlineData("", "")]
    [InlineData("?! ?", "?!|?")]
    public void They_end_at_marks_with_space_after_them_and_at_line_ends(string text, string expected) => Assert.Equal(
        expected.Split('|', StringSplitOptions.RemoveEmptyEntries), Sentences.Of(text).Select(range => text[range]));

    [Fact]
    public void A_title_is_a_sentence_however_it_ends() => Assert.Equal(
        ["은행 점포 폐쇄", "노조가 반발한다."],
        Sentences.Of("은행 점포 폐쇄 노조가 반발한다.", "은행 점포 폐쇄".Length)
            .Select(range => "은행 점포 폐쇄 노조가 반발한다."[range]));
}
