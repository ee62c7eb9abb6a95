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

    [Theory]
    [InlineData("은행 점포 폐쇄")]
    [InlineData("순이익 4조에 'ATM 2천 대 철거'… 섬·산골부터 뺐다")]
    [InlineData("예금은 어디로? 은행은 모른다! \"확인 중\"")]
    public void A_title_is_one_sentence_whatever_marks_it_has(string title)
    {
        var text = $"{title} 노조가 반발한다. 은행은 말이 없다.";

        Assert.Equal(
            [title, "노조가 반발한다.", "은행은 말이 없다."],
            Sentences.Of(text, title.Length).Select(range => text[range]));
    }
}
