using KbAlbertStream.Core.Text;

namespace KbAlbertStream.Trainer.Promotion;

/// <summary>
/// The texts whose logits a bundle carries, so that a worker can tell whether it computes what the trainer computed.
/// Written for this; every institution is invented.
/// </summary>
internal static class GoldenExamples
{
    private const int LongTextSentences = 40;

    /// <summary>Title and text of each; the last is longer than a window.</summary>
    private static readonly (string Title, string Text)[] Texts =
    [
        ("한빛은행 직원, 고객 예금 12억 빼돌려…경찰 수사 착수", "한빛은행 지점 직원이 3년에 걸쳐 고객 예금을 빼돌린 혐의로 고발됐다."),
        ("새솔카드 회원 정보 9만 건 유출…다크웹서 거래 정황", ""),
        ("", "앱이 오전 내내 먹통이라 주식을 못 팔았습니다. 손해를 누가 책임지나요?"),
        ("", "원금보장이라고 해서 가입했는데 펀드였어요. 설명서도 못 받았습니다."),
        ("", "상담해 주신 직원분 덕분에 잘 해결됐어요. 정말 감사합니다!"),
        ("", "청약철회가 언제까지 가능한지 궁금합니다."),
        ("가온금융지주, 취약계층 아동센터에 도서 5천 권 기부", "가온금융지주는 지역 아동센터 30곳에 책을 전달했다고 밝혔다."),
        ("다온손보, 암 입원보험금 지급 거절에 환자단체 시위", "환자단체는 본사 앞에서 약관대로 지급하라고 요구했다."),
        ("금감원, 미리내증권에 기관경고·과태료 5억", "불완전판매와 내부통제 미비가 확인됐다."),
        ("", "밤 10시에 집까지 찾아와 소리쳤습니다. 회사에도 전화해서 연체 사실을 말했어요."),
        ("", "답변 없으면 금감원에 민원 넣고 언론에 제보하겠습니다."),
        ("여자배구 흥국, 접전 끝 3-2 역전승…4연승 질주", ""),
        ("코스피 2,600선 회복…외국인 순매수", ""),
        ("", "제 명의로 모르는 대출이 실행됐습니다. 연락처는 010-1234-5678이고 계좌는 110-123-456789입니다."),
        ("해오름저축은행 연체율 두 자릿수…예금자 불안", "부동산 PF 부실로 신용등급 전망도 내려갔다."),
        ("늘봄생명 노조 총파업 결의…희망퇴직 강행 반발", ""),
        ("", "영화는 지루했지만 배우들 연기는 좋았다."),
        ("", "ㅋㅋㅋ 진짜 최악 😡 다시는 안 씀!!!"),
        ("South East Bank (SEB) opens 3 branches in Seoul", "The bank said it hired 120 people. 金融 서비스 확대."),
        ("", "."),
        ("도담캐피탈 전산장애 경위", string.Join(' ', Enumerable.Range(1, LongTextSentences).Select(hour =>
            $"{hour}번째 확인에서도 이체와 조회가 되지 않았고 고객센터 연결은 지연됐다."))),
    ];

    /// <summary>The texts as the service would score them.</summary>
    public static IReadOnlyList<PreparedText> Prepare(TextPreparer preparer) =>
        [.. Texts.Select(text => preparer.Prepare(text.Title, text.Text))];
}
